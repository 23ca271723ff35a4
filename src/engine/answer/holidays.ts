import holidays from '@holiday-jp/holiday_jp';

const { holidays: byDay } = holidays;

/** National holidays of Japan (国民の祝日), from the package's table; the day as YYYY-MM-DD. */
export const isJapaneseHoliday = (day: string): boolean => Object.hasOwn(byDay, day);
