import { useQuery } from '@tanstack/react-query';
import { documentWords } from '../../messages/documents';
import { Answer } from '../../parts/Answer';
import { Card } from '../../parts/Card';
import chips from '../../parts/Chip.module.css';
import { documentsQuery, type OwnDocument } from '../../queries/documents';
import { type Operation, ownOperations } from '../../queries/operations';
import { OF_OPERATIONS, useWords } from '../../words/language';
import { InForce, PaperFile, Signatures } from './DocumentFacts';
import styles from './Documents.module.css';
import { MemberPage } from './MePage';
import { Signing } from './Signing';

/** What I signed or am to sign, in all my operations. */
export function Documents() {
  const words = useWords(documentWords);
  return (
    <MemberPage title={words.title}>
      {(_, me) => <OwnDocuments operations={ownOperations(me)} />}
    </MemberPage>
  );
}

/** In these operations. */
export function OwnDocuments({ operations }: { operations: Operation[] }) {
  const words = useWords(documentWords);
  const names = new Map(operations.map(({ id, name }) => [id, name]));
  const query = useQuery(documentsQuery([...names.keys()]));
  return (
    <Answer query={query}>
      {(documents) => (
        <>
          {documents.length === 0 && <p>{words.none}</p>}
          {documents.map((document) => (
            <OfDocument
              key={document.id}
              document={document}
              operationName={names.get(document.operation_id) ?? ''}
            />
          ))}
        </>
      )}
    </Answer>
  );
}

interface OfDocumentProps {
  document: OwnDocument;
  operationName: string;
}

function OfDocument({ document, operationName }: OfDocumentProps) {
  const words = useWords(documentWords);
  const { title, kind, state, versions } = document;
  const last = versions.at(-1);
  const earlier = versions.slice(0, -1).toReversed();
  return (
    <Card title={title} lang={OF_OPERATIONS}>
      <p className={styles.facts}>
        <span className={state === 'sent' ? styles.toSign : chips.chip}>{words.states[state]}</span>{' '}
        {words.kinds[kind]} · {operationName} · <InForce document={document} />
      </p>
      {last && <Signatures document={document} version={last} />}
      {last ? <PaperFile document={document} version={last} /> : <p>{words.noFile}</p>}
      {state === 'sent' && last && <Signing document={document} version={last} />}
      {earlier.length > 0 && (
        <details>
          <summary>{words.earlier}</summary>
          {earlier.map((version) => (
            <PaperFile key={version.number} document={document} version={version} />
          ))}
        </details>
      )}
    </Card>
  );
}
