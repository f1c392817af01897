import { customerAccountWords } from '../../messages/customerAccount';
import { Download } from '../../parts/Download';
import facts from '../../parts/Facts.module.css';
import { loadAccountPdf, loadAccountTable } from '../../queries/customerAccounts';
import { useLanguage, useWords } from '../../words/language';

interface AccountFilesProps {
  memberId: string;
  /** As of which the account is. */
  day: string;
}

/** The whole account to keep: on paper in the reader's language, and as a table. */
export function AccountFiles({ memberId, day }: AccountFilesProps) {
  const words = useWords(customerAccountWords);
  const language = useLanguage();
  const name = words.fileName(day);
  return (
    <div className={facts.actions}>
      <Download name={`${name}.pdf`} load={() => loadAccountPdf(memberId, language)}>
        {words.pdf}
      </Download>
      <Download name={`${name}.csv`} load={() => loadAccountTable(memberId)}>
        {words.csv}
      </Download>
    </div>
  );
}
