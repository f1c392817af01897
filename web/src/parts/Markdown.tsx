import { fromMarkdown } from 'mdast-util-from-markdown';
import { Fragment, type ReactNode } from 'react';
import { newsWords } from '../messages/news';
import { isWebAddress } from '../words/addresses';
import { OF_OPERATIONS, useWords } from '../words/language';
import styles from './Markdown.module.css';

type Tree = ReturnType<typeof fromMarkdown>;
type Node = Tree | Tree['children'][number];

/** What a part of the text needs to know of the whole. */
interface Around {
  definitions: ReadonlyMap<string, string>;
  pictures: Pictures;
  /** By how much headings are above the level that follows the title of the page. */
  above: number;
}

/** Where pictures are that are the page's own, by how a text names them. */
type Pictures = Readonly<Record<string, string>>;

/** HTML is no Markdown here: it is shown as it was written. */
const EXTENSIONS = [{ disable: { null: ['htmlFlow', 'htmlText'] } }];
/** Levels of headings: the title of the page is above them. */
const HIGHEST = 2;
const LOWEST = 6;

interface MarkdownProps {
  children: string;
  pictures?: Pictures;
}

/**
 * Somebody else's Markdown. No HTML is made of it; links lead to pages and e-mail, or nowhere, and
 * pictures are shown that are the page's own.
 */
export function Markdown({ children, pictures = {} }: MarkdownProps) {
  const tree = fromMarkdown(children, { extensions: EXTENSIONS });
  const definitions = new Map(
    tree.children.flatMap((node) =>
      node.type === 'definition' ? [[node.identifier, node.url] as const] : [],
    ),
  );
  const depths = tree.children.flatMap((node) => (node.type === 'heading' ? [node.depth] : []));
  const above = Math.min(...depths) - HIGHEST;
  return (
    <div className={styles.text} lang={OF_OPERATIONS}>
      <Inside of={tree} around={{ definitions, pictures, above }} />
    </div>
  );
}

function Inside({ of, around }: { of: { children: Node[] }; around: Around }) {
  return of.children.map((node, place) => {
    // The text does not change while it is shown, so that a place is as good as a name.
    const key = `${place} ${node.type}`;
    return <Fragment key={key}>{shown(node, around)}</Fragment>;
  });
}

function shown(node: Node, around: Around): ReactNode {
  const inside = 'children' in node && <Inside of={node} around={around} />;
  switch (node.type) {
    case 'paragraph':
      return <p>{inside}</p>;
    case 'heading': {
      const Title = `h${Math.min(node.depth - around.above, LOWEST)}` as 'h2';
      return <Title>{inside}</Title>;
    }
    case 'text':
      return node.value;
    case 'emphasis':
      return <em>{inside}</em>;
    case 'strong':
      return <strong>{inside}</strong>;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'code':
      return <pre>{node.value}</pre>;
    case 'blockquote':
      return <blockquote>{inside}</blockquote>;
    case 'list':
      return node.ordered ? <ol start={node.start ?? 1}>{inside}</ol> : <ul>{inside}</ul>;
    case 'listItem':
      return <li>{inside}</li>;
    case 'break':
      return <br />;
    case 'thematicBreak':
      return <hr />;
    case 'link':
      return <Away to={node.url}>{inside}</Away>;
    case 'linkReference':
      return <Away to={around.definitions.get(node.identifier) ?? ''}>{inside}</Away>;
    case 'image': {
      const address = around.pictures[node.url];
      if (address) return <img className={styles.picture} src={address} alt={node.alt ?? ''} />;
      return <Picture text={node.alt ?? ''} />;
    }
    case 'imageReference':
      return <Picture text={node.alt ?? ''} />;
    default:
      // HTML and what only other parsers make: nothing is better than what nobody looked at.
      return null;
  }
}

function Away({ to, children }: { to: string; children: ReactNode }) {
  if (!isWebAddress(to)) return children;
  return (
    <a href={to} rel="noreferrer nofollow">
      {children}
    </a>
  );
}

/** Of a picture its words: it would come from elsewhere, and tell there who reads this. */
function Picture({ text }: { text: string }) {
  const words = useWords(newsWords);
  return text ? words.image(text) : null;
}
