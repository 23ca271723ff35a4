export type { Lang, Said } from '../rulebook/lang.ts';
