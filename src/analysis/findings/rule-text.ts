/** How findings name rules in sentences. */
import type { Rule } from '../../rulebook/rule-set.ts';
import { SECTION_LABELS } from '../rule-set-parts.ts';

export const ruleJa = ({ section, id }: Rule): string => `${SECTION_LABELS[section].ja}「${id}」`;
export const ruleEn = ({ section, id }: Rule): string => `${SECTION_LABELS[section].en} "${id}"`;
export const listJa = (ids: readonly string[]): string => ids.map((id) => `「${id}」`).join('、');
export const listEn = (ids: readonly string[]): string => ids.map((id) => `"${id}"`).join(', ');
