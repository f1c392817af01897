import { depositWords } from '../../../messages/running/deposits';
import { Download } from '../../../parts/Download';
import shared from '../../../parts/Together.module.css';
import { type DepositHead, loadDeposit } from '../../../queries/deposits';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';

/** All that was deposited or withdrawn for a month, the last first; one alone is shown above. */
export function Entries({ entries }: { entries: readonly DepositHead[] }) {
  const words = useWords(depositWords);
  const language = useLanguage();
  if (entries.length < 2) return null;
  return (
    <details>
      <summary>{words.entries}</summary>
      <ul className={shared.list}>
        {[...entries].reverse().map((entry) => {
          const { number, kind, deposited_at, submission, name } = entry;
          return (
            <li key={number}>
              <p className={shared.plain}>
                {words.entry(number, words.kinds[kind], momentOf(deposited_at, language))}
              </p>
              {submission && (
                <p className={shared.weak}>
                  {words.sentOn(momentOf(submission.sent_at, language))}
                </p>
              )}
              {name && (
                <Download
                  name={name}
                  label={words.downloadNumber(number)}
                  load={() => loadDeposit(entry)}
                >
                  {words.download}
                </Download>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
