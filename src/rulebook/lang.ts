/** What is said to people is said in both languages; which one is shown is for whoever shows it. */
export type Lang = 'ja' | 'en';
export type LocalizedText = Record<Lang, string>;
