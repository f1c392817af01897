import { dayLater } from '../words/dates';

const FIXED = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
const DAYS_AFTER_EASTER = [1, 39, 50];

/** Whether a local day is one of the eleven public holidays of all of France. */
export function isHoliday(day: string): boolean {
  if (FIXED.includes(day.slice(5))) return true;
  const easter = easterSunday(Number(day.slice(0, 4)));
  return DAYS_AFTER_EASTER.some((days) => dayLater(easter, days) === day);
}

/** By the tables of the Gregorian calendar: the Sunday after the paschal full moon. */
function easterSunday(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  let moon =
    (19 * golden + 15 + century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25)) %
    30;
  if (moon === 29 || (moon === 28 && golden > 10)) moon -= 1;
  const fullMoon = dayLater(`${year}-03-21`, moon);
  const weekday = new Date(`${fullMoon}T12:00:00Z`).getUTCDay();
  return dayLater(fullMoon, 7 - weekday);
}
