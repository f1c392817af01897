import type { Paper, Signature } from '../queries/documentDesk';
import { groupsBy } from './groups';

export type PaperState = Paper['state'];
/** What somebody waits for first; what is done last. */
const ORDER: readonly PaperState[] = ['sent', 'draft', 'declined', 'signed'];

/** By what became of their last version, by title in each; those alone that contain what is sought. */
export function papersByState(
  papers: readonly Paper[],
  nameOf: (paper: Paper) => string,
  sought: string,
): [PaperState, Paper[]][] {
  const text = plain(sought);
  const shown = papers.filter((paper) => plain(`${paper.title} ${nameOf(paper)}`).includes(text));
  const groups = groupsBy(shown, ({ state }) => state);
  return ORDER.flatMap((state) => {
    const ofState = groups.get(state);
    if (!ofState) return [];
    return [[state, ofState.sort((one, other) => one.title.localeCompare(other.title, 'fr'))]];
  });
}

/** What can become of the last version now: a signature or a refusal is the end of it. */
export function nextStates({ state, versions }: Paper): Signature['state'][] {
  if (versions.length === 0) return [];
  if (state === 'draft') return ['sent', 'signed', 'declined'];
  return state === 'sent' ? ['signed', 'declined'] : [];
}

/** Without accents and capitals, as one types in haste. */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}
