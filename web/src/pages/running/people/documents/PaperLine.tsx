import { Link } from '@tanstack/react-router';
import { documentWords } from '../../../../messages/documents';
import shared from '../../../../parts/Together.module.css';
import type { Paper } from '../../../../queries/documentDesk';
import { fullDay } from '../../../../words/dates';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../../words/language';

interface PaperLineProps {
  paper: Paper;
  /** Whose it is, where the page does not say so. */
  name?: string;
}

/** A paper in a list: what it is, and what became of its last version. */
export function PaperLine({ paper, name }: PaperLineProps) {
  const words = useWords(documentWords);
  const language = useLanguage();
  const { id, operation_id, title, kind, state, signatures, versions } = paper;
  const last = signatures.findLast(({ version }) => version === versions.at(-1)?.number);
  return (
    <li>
      <h3 className={shared.title} lang={OF_OPERATIONS}>
        <Link
          to="/o/$operation/people/documents/$document"
          params={{ operation: operation_id, document: id }}
        >
          {title}
        </Link>
      </h3>
      <p className={shared.weak}>
        {words.kinds[kind]} · {name && `${name} · `}
        {last ? words[last.state](fullDay(last.day, language), last.party) : words.states[state]}
      </p>
    </li>
  );
}
