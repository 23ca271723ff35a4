import { type RuleSetName, versionSummary } from '../../operations/versions.ts';
import type { ExitCode, Io } from '../terminal/io.ts';
import { versionInLog, versionOption, versionsInLog } from './stored-version.ts';
import { versionsText } from './versions-text.ts';
import { type LogPlace, withStore } from './with-store.ts';

export interface VersionsOptions {
  json: boolean;
}

/** The versions of a rule set that the log has, the newest first; or the rule file of one of them, to the byte. */
export async function versions(
  io: Io,
  place: LogPlace,
  name: RuleSetName,
  version: string | undefined,
  { json }: VersionsOptions,
): Promise<ExitCode> {
  await withStore(place, 'auditor', async (log) => {
    if (version === undefined) {
      const found = (await versionsInLog(log, name)).map(versionSummary);
      io.out(json ? JSON.stringify(found, null, 2) : versionsText(io, name, found));
      return;
    }
    const found = await versionInLog(log, name, { version: versionOption(version) }, version);
    if (json) io.out(JSON.stringify(found, null, 2));
    // Not a line: the text may end without a line break.
    else process.stdout.write(found.ruleText);
  });
  return 0;
}
