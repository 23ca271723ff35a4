import { versionSummary } from '../operations/versions.ts';
import type { ExitCode, Io } from './io.ts';
import { findVersion, findVersions, type Names } from './stored-version.ts';
import { versionsText } from './versions-text.ts';
import { type LogPlace, withStore } from './with-store.ts';

export interface VersionsOptions {
  json: boolean;
}

/** The versions of a rule set that the log has, the newest first; or the rule file of one of them, to the byte. */
export async function versions(
  io: Io,
  place: LogPlace,
  names: Names,
  version: string | undefined,
  { json }: VersionsOptions,
): Promise<ExitCode> {
  await withStore(place, 'auditor', async (log) => {
    if (version === undefined) {
      const found = (await findVersions(log, names)).map(versionSummary);
      io.out(json ? JSON.stringify(found, null, 2) : versionsText(io, names, found));
      return;
    }
    const found = await findVersion(log, { ...names, version });
    if (json) io.out(JSON.stringify(found, null, 2));
    // Not a line: the text may end without a line break.
    else process.stdout.write(found.ruleText);
  });
  return 0;
}
