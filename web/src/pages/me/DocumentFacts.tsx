import { documentWords } from '../../messages/documents';
import { Download } from '../../parts/Download';
import { loadVersion, type OwnDocument } from '../../queries/documents';
import { dayAt, dayLater, fullDay } from '../../words/dates';
import { endingOf } from '../../words/files';
import { useLanguage, useWords } from '../../words/language';
import styles from './Documents.module.css';

/** From when on and until when it holds. */
export function InForce({ document: { valid_from, valid_to } }: { document: OwnDocument }) {
  const words = useWords(documentWords);
  const language = useLanguage();
  const first = fullDay(valid_from, language);
  if (valid_to) return words.until(first, fullDay(dayLater(valid_to, -1), language));
  return valid_from > dayAt(new Date()) ? words.from(first) : words.since(first);
}

interface VersionProps {
  document: OwnDocument;
  version: OwnDocument['versions'][number];
}

/** What became of a version. */
export function Signatures({ document: { signatures }, version }: VersionProps) {
  const words = useWords(documentWords);
  const language = useLanguage();
  const outcomes = signatures.filter((signature) => signature.version === version.number);
  if (outcomes.length === 0) return null;
  return (
    <ul className={styles.signatures}>
      {outcomes.map(({ state, day, party }) => (
        <li key={`${state} ${day} ${party}`}>{words[state](fullDay(day, language), party)}</li>
      ))}
    </ul>
  );
}

/** A version of it, to be downloaded. */
export function PaperFile({ document, version: { number, media_type } }: VersionProps) {
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
