import { clockTime, fullDay, isDay } from './dates';
import type { Language } from './language';

/** A line of a notice: a fact with its name, or a sentence. */
interface NoticeLine {
  name: string | null;
  text: string;
}

/** `Début : 19/12/2026`, `Where: the barn`; the name is short. */
const FACT = /^(\p{Lu}[\p{L} ]{0,20}?)\s?:\s(.+)$/u;

/** Begin and end are read together, though the title says when it begins. */
const DAY = /\d{2}\/\d{2}\/\d{4}/;

/**
 * The lines of a notice as the API writes it, short enough for a list: what its title says already
 * and links, to which the title leads, are left out.
 */
export function noticeLines(text: string, title: string): NoticeLine[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/https?:\/\//.test(line))
    .map(lineOf)
    .filter(({ name, text: told }) => name === null || DAY.test(told) || !title.includes(told));
}

const WRITTEN_DAY = /\b(?:(\d{2})\/(\d{2})\/(\d{4})|(\d{4})-(\d{2})-(\d{2}))\b/g;
const WRITTEN_TIME = /(?<= (?:à|at) )\d{2}:\d{2}\b/g;

/** `19/12/2026 à 18:30` and `2026-12-19 at 18:30`, as the API writes instants, in words. */
export function withDaysInWords(text: string, language: Language): string {
  return text
    .replace(WRITTEN_DAY, (written, ...parts: string[]) => {
      const [day, month, year, isoYear, isoMonth, isoDay] = parts;
      const date = year ? `${year}-${month}-${day}` : `${isoYear}-${isoMonth}-${isoDay}`;
      // It may be in what somebody wrote, and be no day at all.
      return isDay(date) ? fullDay(date, language) : written;
    })
    .replace(WRITTEN_TIME, (time) => clockTime(time, language));
}

function lineOf(line: string): NoticeLine {
  const [, name, text] = FACT.exec(line) ?? [];
  return name && text ? { name, text } : { name: null, text: line };
}
