/** Values that bodies and queries write alike. What they must be is said after the name of the field. */

/** Read by `readInstant`. */
export const INSTANT = {
  ja: 'は 2030-01-31T12:00:00+09:00 のように時差まで書いた日時です（西暦1年から9999年まで）',
  en: 'must be an RFC 3339 datetime with an offset, such as 2030-01-31T12:00:00+09:00, in the years 1 to 9999',
};

/** Read by `readVersion`. */
export const VERSION = {
  ja: 'はルールの sha256、またはその先頭 6 桁以上（16進数）です',
  en: 'must be the sha256 of a rule set, or its first 6 or more hex digits',
};
