import { useQuery } from '@tanstack/react-query';
import { documentWords } from '../../messages/documents';
import { Answer } from '../../parts/Answer';
import { Card } from '../../parts/Card';
import chips from '../../parts/Chip.module.css';
import { Download } from '../../parts/Download';
import { documentsQuery, loadVersion, type OwnDocument } from '../../queries/documents';
import { type Operation, ownOperations } from '../../queries/operations';
import { dayAt, dayLater, fullDay } from '../../words/dates';
import { endingOf } from '../../words/files';
import { OF_OPERATIONS, useLanguage, useWords } from '../../words/language';
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
      <Signatures document={document} />
      {last ? <File document={document} version={last} /> : <p>{words.noFile}</p>}
      {state === 'sent' && last && <Signing document={document} version={last} />}
      {earlier.length > 0 && (
        <details>
          <summary>{words.earlier}</summary>
          {earlier.map((version) => (
            <File key={version.number} document={document} version={version} />
          ))}
        </details>
      )}
    </Card>
  );
}

function InForce({ document: { valid_from, valid_to } }: { document: OwnDocument }) {
  const words = useWords(documentWords);
  const language = useLanguage();
  const first = fullDay(valid_from, language);
  if (valid_to) return words.until(first, fullDay(dayLater(valid_to, -1), language));
  return valid_from > dayAt(new Date()) ? words.from(first) : words.since(first);
}

/** What became of the last version. */
function Signatures({ document: { signatures, versions } }: { document: OwnDocument }) {
  const words = useWords(documentWords);
  const language = useLanguage();
  const ofLast = signatures.filter(({ version }) => version === versions.at(-1)?.number);
  if (ofLast.length === 0) return null;
  return (
    <ul className={styles.signatures}>
      {ofLast.map(({ state, day, party }) => (
        <li key={`${state} ${day} ${party}`}>{words[state](fullDay(day, language), party)}</li>
      ))}
    </ul>
  );
}

interface FileProps {
  document: OwnDocument;
  version: OwnDocument['versions'][number];
}

function File({ document, version: { number, media_type } }: FileProps) {
  const words = useWords(documentWords);
  return (
    <p>
      {words.version(number)}{' '}
      <Download
        name={`${document.kind}-v${number}.${endingOf(media_type)}`}
        label={words.downloadOf(document.title, number)}
        load={() => loadVersion(document, number)}
      >
        {words.download}
      </Download>
    </p>
  );
}
