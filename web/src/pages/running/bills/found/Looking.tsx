import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from 'react-aria-components';
import { foundDocumentsWords } from '../../../../messages/running/foundDocuments';
import facts from '../../../../parts/Facts.module.css';
import go from '../../../../parts/Go.module.css';
import { SearchField } from '../../../../parts/SearchField';
import { membersQuery } from '../../../../queries/perimeters';
import { isNumberTyped } from '../../../../words/documentSearch';
import { useWords } from '../../../../words/language';
import { hasWords } from '../../../../words/search';

const PAGE = '/o/$operation/bills/documents';
/** More than that, and one types another letter. */
const MOST_NAMES = 8;

/** One box for a number, a reference or a name; a name is chosen among members, by its id. */
export function Looking({ operation }: { operation: string }) {
  const words = useWords(foundDocumentsWords);
  const navigate = useNavigate();
  const search = useSearch({ from: '/inside/o/$operation/bills/documents' });
  const [text, setText] = useState('');
  const isNumber = isNumberTyped(text);
  const look = (event: FormEvent) => {
    event.preventDefault();
    if (!isNumber) return;
    const { customer: _, ...others } = search;
    const number = text.trim().slice(0, 100);
    void navigate({ to: PAGE, params: { operation }, search: { ...others, number } });
  };
  return (
    <search>
      <form onSubmit={look}>
        <SearchField label={words.look} value={text} onChange={setText} />
        <p className={facts.weak}>{words.lookHelp}</p>
        {isNumber && (
          <Button className={go.quiet ?? ''} type="submit">
            {words.find}
          </Button>
        )}
      </form>
      {!isNumber && text.trim().length > 1 && (
        <Names operation={operation} text={text} onChosen={() => setText('')} />
      )}
    </search>
  );
}

interface NamesProps {
  operation: string;
  text: string;
  onChosen: () => void;
}

function Names({ operation, text, onChosen }: NamesProps) {
  const words = useWords(foundDocumentsWords);
  const search = useSearch({ from: '/inside/o/$operation/bills/documents' });
  const { data: members = [] } = useQuery(membersQuery(operation));
  const named = members.filter(({ name }) => hasWords(name, text)).slice(0, MOST_NAMES);
  if (named.length === 0) return <p role="status">{words.noName}</p>;
  const { number: _, ...others } = search;
  return (
    <nav aria-label={words.names}>
      <ul>
        {named.map(({ id, name }) => (
          <li key={id}>
            <Link
              to={PAGE}
              params={{ operation }}
              search={{ ...others, customer: id }}
              onClick={onChosen}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
