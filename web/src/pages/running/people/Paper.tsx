import { documentWords } from '../../../messages/documents';
import { paperWords } from '../../../messages/running/papers';
import { Card } from '../../../parts/Card';
import chips from '../../../parts/Chip.module.css';
import { Download } from '../../../parts/Download';
import shared from '../../../parts/Together.module.css';
import { loadVersion, type OwnDocument } from '../../../queries/documents';
import { dayAt, dayLater, fullDay } from '../../../words/dates';
import { endingOf } from '../../../words/files';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import { nextStates } from '../../../words/papers';
import { NewVersion } from './NewVersion';
import { Signing } from './Signing';

interface PaperProps {
  document: OwnDocument;
  /** Who is to sign it. */
  party: string;
}

/** A document: where it stands, its versions, and what can become of the last one. */
export function Paper({ document, party }: PaperProps) {
  const words = useWords(paperWords);
  const { kinds, version, download, downloadOf } = useWords(documentWords);
  const { title, kind, state, versions } = document;
  return (
    <Card title={title} level={3} lang={OF_OPERATIONS}>
      <p>
        <span className={chips.chip}>{words.states[state]}</span> {kinds[kind]} ·{' '}
        <InForce document={document} />
      </p>
      <History document={document} />
      {versions.toReversed().map(({ number, media_type }) => (
        <p key={number}>
          {version(number)}{' '}
          <Download
            name={`${kind}-v${number}.${endingOf(media_type)}`}
            label={downloadOf(title, number)}
            load={() => loadVersion(document, number)}
          >
            {download}
          </Download>
        </p>
      ))}
      {nextStates(document).length > 0 && (
        <Signing key={document.signatures.length} document={document} party={party} />
      )}
      <NewVersion key={versions.length} document={document} />
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

/** What became of each version. */
function History({ document: { signatures } }: { document: OwnDocument }) {
  const words = useWords(documentWords);
  const language = useLanguage();
  return (
    <ul>
      {signatures.map(({ version, state, day, party }) => (
        <li key={`${version} ${state} ${day} ${party}`} className={shared.plain}>
          {words.version(version)} · {words[state](fullDay(day, language), party)}
        </li>
      ))}
    </ul>
  );
}
