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

function lineOf(line: string): NoticeLine {
  const [, name, text] = FACT.exec(line) ?? [];
  return name && text ? { name, text } : { name: null, text: line };
}
