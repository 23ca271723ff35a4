/** The rules of a section, as they stand in a rule file. */
import type { RuleFile } from './rule-file-schema.ts';
import type { Section } from './sections.ts';

type Of<Key extends keyof RuleFile> =
  NonNullable<RuleFile[Key]> extends readonly (infer Rule)[] ? Rule : never;

/** A rule of any section, with what some sections alone write. */
export type WrittenRule = Of<'outcome'> &
  Partial<
    Pick<Of<'remedies'>, 'brands' | 'excludes'> &
      Pick<Of<'amount'>, 'yen' | 'value' | 'unit' | 'final'> &
      Pick<Of<'assumptions'>, 'text'> &
      Pick<Of<'contradictions'>, 'facts'>
  >;

/** In the order of the file. */
export function writtenRules(file: RuleFile, { kind, path, remedy }: Section): readonly WrittenRule[] {
  const [group, name = ''] = path;
  if (group === 'states') return file.states?.[name]?.rules ?? [];
  if (group === 'claims') return file.claims?.[name]?.state ?? [];
  if (remedy !== null)
    return [file.remedies[Number(name)]?.amount ?? []]
      .flat()
      .map((one) => ({ ...one, id: one.id ?? remedy }));
  if (kind === 'state') return file.voucherState ?? [];
  return (kind === 'claim' ? file.claimState : file[kind]) ?? [];
}
