import { GRADES, type Grade } from '../counting/ballots';
import { ballotWords } from '../messages/ballots';
import type { ChoiceIn, Poll } from '../queries/polls';
import { colon, type Language } from './language';
import { labelOf } from './outcomes';

/** The names of the fields of a ballot's form. */
export const CHOICE = 'choice';
export const REASON = 'reason';
export const BLANK = '';
const OF_OPTION = 'option ';

export function fieldOf(optionId: string): string {
  return OF_OPTION + optionId;
}

/** What the fields of a ballot say; nothing at all is a blank vote. */
export function choiceOf(form: FormData, poll: Poll): ChoiceIn {
  const ids = poll.options.map(({ id }) => id);
  const chosen = form.getAll(CHOICE).map(String);
  switch (poll.method) {
    case 'simple':
    case 'multiple':
      return { options: ids.filter((id) => chosen.includes(id)) };
    case 'ranked':
      return { ranks: ranksOf(ids.map((id) => [id, Number(form.get(fieldOf(id)) || 0)])) };
    case 'consent':
      if (chosen[0] === 'consent') return { stance: 'consent' };
      if (chosen[0] !== 'objection') return {};
      return { stance: 'objection', reason: String(form.get(REASON)).trim() };
    case 'majority_judgement':
      return { grades: Object.fromEntries(ids.flatMap((id) => gradeOf(form, id))) };
  }
}

/** Options by their place, equals together; those of place 0 are left out. */
function ranksOf(places: readonly (readonly [string, number])[]): string[][] {
  const given = [...new Set(places.map(([, place]) => place))]
    .filter((place) => place > 0)
    .sort((one, other) => one - other);
  return given.map((place) => places.filter((one) => one[1] === place).map(([id]) => id));
}

function gradeOf(form: FormData, id: string): [string, Grade][] {
  const grade = GRADES.find((one) => one === form.get(fieldOf(id)));
  return grade ? [[id, grade]] : [];
}

/** `Le moulin, puis L’école` */
export function choiceInWords(choice: ChoiceIn, poll: Poll, language: Language): string {
  const words = ballotWords[language];
  const { options = [], ranks = [], grades = {}, stance, reason } = choice;
  const label = (id: string) => labelOf(poll, id);
  const graded = poll.options.flatMap(({ id }) => {
    const grade = grades[id];
    return grade ? [label(id) + colon(language) + words.grades[grade]] : [];
  });
  const said = [
    ...options.map(label),
    ...ranks.map((rank, place) => `${place + 1}. ${rank.map(label).join(' = ')}`),
    ...graded,
    ...(stance ? [words.stances[stance]] : []),
  ].join(', ');
  if (!said) return words.blank.toLowerCase();
  return reason ? said + colon(language) + reason : said;
}
