import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { guideWords } from '../messages/guide';
import { Answer } from '../parts/Answer';
import { Heading } from '../parts/Heading';
import { Markdown } from '../parts/Markdown';
import { GUIDES, type GuideName } from '../words/guides';
import { useLanguage, useWords } from '../words/language';

const TEXTS: Record<GuideName, () => Promise<{ default: string }>> = {
  member: () => import('../../../docs/guide/member.md?raw'),
  organiser: () => import('../../../docs/guide/organiser.md?raw'),
  staff: () => import('../../../docs/guide/staff.md?raw'),
};
const FOLDER = '../../../docs/guide/';
const files = import.meta.glob<string>('../../../docs/guide/pictures/*.png', {
  eager: true,
  query: '?url',
  import: 'default',
});
/** Where a guide's pictures are, by what its text calls them. */
const PICTURES = Object.fromEntries(
  Object.entries(files).map(([path, address]) => [path.slice(FOLDER.length), address]),
);

/** How to do what one comes for, with pictures of the pages where it is done. */
export function Guide() {
  const { guide } = useParams({ from: '/help/$guide' }) as { guide: GuideName };
  const words = useWords(guideWords);
  const language = useLanguage();
  const query = useQuery({
    queryKey: ['guide', guide],
    queryFn: async () => (await TEXTS[guide]()).default,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <Heading>{words[guide]}</Heading>
      {language !== 'fr' && <p>{words.inFrench}</p>}
      <Answer query={query}>
        {(text) => <Markdown pictures={PICTURES}>{withoutTitle(text)}</Markdown>}
      </Answer>
      <h2>{words.others}</h2>
      <ul>
        {GUIDES.filter((name) => name !== guide).map((name) => (
          <li key={name}>
            <Link to="/help/$guide" params={{ guide: name }}>
              {words[name]}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The page has a title of its own, in the reader's language. */
function withoutTitle(text: string): string {
  return text.replace(/^# .*\n/, '');
}
