import type { Language } from './language';

const LINE = /^(?:(?<file>.+) )?line (?<line>\d+)$/;

/** Where a record is in its file: `ligne 12`; what is no line, as the service gives it. */
export function placeInFile(position: string, language: Language): string {
  const line = LINE.exec(position)?.groups?.line;
  if (!line) return position;
  return language === 'fr' ? `ligne\u00a0${line}` : `line\u00a0${line}`;
}

/** The member of an archive that a record is in; null: its file is none, or it is not told. */
export function fileOf(position: string): string | null {
  return LINE.exec(position)?.groups?.file ?? null;
}
