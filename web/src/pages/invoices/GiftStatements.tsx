import { useQuery } from '@tanstack/react-query';
import { giftsWords } from '../../messages/gifts';
import { Download } from '../../parts/Download';
import shared from '../../parts/Together.module.css';
import { giftsQuery, loadGiftStatements } from '../../queries/gifts';
import { dayAt } from '../../words/dates';
import { isGiftIn } from '../../words/gifts';
import { useLanguage, useWords } from '../../words/language';

/** What a member gave and received in this year and the one before; nothing where all is sold. */
export function GiftStatements({ operation }: { operation: string }) {
  const words = useWords(giftsWords);
  const language = useLanguage();
  const { data: periods = [] } = useQuery(giftsQuery(operation));
  const year = Number(dayAt(new Date()).slice(0, 4));
  const years = [year, year - 1].filter((given) => isGiftIn(periods, given));
  if (years.length === 0) return null;
  return (
    <section>
      <h2>{words.statements}</h2>
      <p className={shared.weak}>{words.statementsHelp}</p>
      {years.map((given) => (
        <p key={given}>
          <Download
            name={`${operation}-${given}.pdf`}
            load={() => loadGiftStatements(operation, given, language)}
          >
            {words.download(given)}
          </Download>
        </p>
      ))}
    </section>
  );
}
