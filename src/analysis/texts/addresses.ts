/** Telephone numbers, mail addresses and URLs that cannot be any. */
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Path } from '../../rulebook/source.ts';
import type { Finding } from '../findings/finding.ts';
import type { WrittenRuleSet } from '../written-rule-set.ts';
import { textFinding } from './text-finding.ts';

export function addressFindings(rules: WrittenRuleSet): Finding[] {
  const { ruleSet, at } = rules;
  const { contact, senders, sites, source } = ruleSet;
  const found = (path: Path, about: string, written: string, wrong: LocalizedText | null): Finding[] =>
    wrong === null
      ? []
      : [
          textFinding(
            'no-such-address',
            { position: at(path), about: [about] },
            { ja: `「${written}」${wrong.ja}`, en: `"${written}" ${wrong.en}` },
          ),
        ];
  const ofContact = contact
    ? [
        ...found(['contact', 'tel'], 'contact', contact.tel, wrongPhone(contact.tel)),
        ...senderAsContact(rules),
      ]
    : [];
  return [
    ...found(
      ['source', 'url'],
      'source/url',
      source.url ?? '',
      source.url === null ? null : wrongUrl(source.url),
    ),
    ...senders.flatMap(({ id, address }) =>
      found(['senders', id, 'address'], `senders/${id}`, address, wrongSender(address)),
    ),
    ...sites.flatMap(({ id, url }) => found(['sites', id, 'url'], `sites/${id}`, url, wrongUrl(url))),
    ...ofContact,
  ];
}

/** A number that only sends is answered by nobody. */
function senderAsContact({ ruleSet: { contact, senders }, at }: WrittenRuleSet): Finding[] {
  if (contact === null) return [];
  const digits = digitsOf(contact.tel);
  return senders
    .filter(({ address }) => !address.includes('@') && digitsOf(address) === digits)
    .map(({ id, label }) =>
      textFinding(
        'no-such-address',
        { position: at(['contact', 'tel']), about: ['contact', `senders/${id}`] },
        {
          ja: `窓口の電話番号「${contact.tel}」は、案内の送信元「${label}」と同じです。送信元は問い合わせ先ではありません。`,
          en: `The telephone number of the contact, "${contact.tel}", is that of the sender "${id}", which takes no calls.`,
        },
      ),
    );
}

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');

/**
 * Digits of a number of Japan by how it begins (総務省「電気通信番号計画」): 0800 and mobile and IP numbers have 11, all others
 * 10. Numbers of three digits (110, 188) and those with # are no numbers of this plan. 000… stands for a number in samples.
 */
function wrongPhone(written: string): LocalizedText | null {
  const plain = written.normalize('NFKC');
  if (/[^\d\s()+#-]/.test(plain)) return NO_PHONE;
  if (plain !== written) return WIDE;
  if (/^\+(?!81)/.test(plain) || /^[#＃]?\d{3,5}$/.test(plain)) return null;
  if (/^\s|\s$|--|\s{2}/.test(plain)) return OTHER_BLANKS;
  const digits = digitsOf(plain).replace(/^81/, '0');
  const wanted = /^(0800|0[5789]0)/.test(digits) ? 11 : 10;
  if (!digits.startsWith('0')) return NO_PHONE;
  if (digits.length === wanted) return isInGroups(plain, digits) ? null : OTHER_GROUPS;
  return {
    ja: `は${digits.length}桁です。このように始まる番号は${wanted}桁です。`,
    en: `has ${digits.length} digits; a number that begins so has ${wanted}.`,
  };
}

/** Called free or at one rate: four digits first. All others end with four, as 03-0000-0000 and 0868-00-0000 do. */
const FREE = /^0(?:120|800|570|990)/;

function isInGroups(written: string, digits: string): boolean {
  const groups = written.match(/\d+/g) ?? [];
  if (written.startsWith('+') || groups.length !== 3 || digits.startsWith('00')) return true;
  return FREE.test(digits) ? groups[0]?.length === 4 : groups[2]?.length === 4;
}

const OTHER_GROUPS: LocalizedText = {
  ja: 'は、- の位置が電話番号の区切りと違います。数字が抜けたり入れ替わったりしていませんか。',
  en: 'has its hyphens where no number has them. Is a digit missing, or in another place?',
};
const OTHER_BLANKS: LocalizedText = {
  ja: 'に、余分な空白か「-」があります。',
  en: 'has a blank or a hyphen too many.',
};
const NO_PHONE: LocalizedText = {
  ja: 'は電話番号として読めません。03-0000-0000 のように、半角の数字と - で書いてください。',
  en: 'is no telephone number. Write it in plain digits and hyphens, such as 03-0000-0000.',
};
const WIDE: LocalizedText = {
  ja: 'に全角の文字があります。電話やメールのリンクにならないので、半角で書いてください。',
  en: 'has full-width characters, which make no link. Write it in plain ones.',
};
const NO_MAIL: LocalizedText = {
  ja: 'はメールのあて先として読めません。',
  en: 'is no mail address.',
};

/** A mail address, a number, or a name that carriers show: nothing is known of the last. */
function wrongSender(written: string): LocalizedText | null {
  const plain = written.normalize('NFKC').replace(/[‐‑–−]/g, '-');
  if (plain.includes('@')) {
    if (plain !== written) return WIDE;
    return /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(plain) ? null : NO_MAIL;
  }
  if (/^\S+\s+\S+\.[a-z]{2,}$/i.test(plain)) return NO_MAIL;
  if (!/^[\d\s()+-]+$/.test(plain)) return null;
  return plain === written ? wrongPhone(written) : WIDE;
}

function wrongUrl(written: string): LocalizedText | null {
  const suggestion = /^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(written) ? `https://${written}` : null;
  if (!/^https?:\/\//.test(written))
    return {
      ja: `は https:// で始まりません。リンクになりません。${suggestion ? `「${suggestion}」でしょうか。` : ''}`,
      en: `does not begin with https:// and makes no link.${suggestion ? ` Is "${suggestion}" meant?` : ''}`,
    };
  if (/\s/.test(written)) return { ja: 'に空白があります。', en: 'has a space in it.' };
  return URL.canParse(written) && /^https?:\/\/[^/?#]+\.[^/?#]+/.test(written)
    ? null
    : { ja: 'は URL として読めません。', en: 'is no URL.' };
}
