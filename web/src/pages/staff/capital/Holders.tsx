import { useQuery } from '@tanstack/react-query';
import { capitalRegisterWords } from '../../../messages/staff/capital';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import tables from '../../../parts/Table.module.css';
import { Why } from '../../../parts/Why';
import { holdersQuery } from '../../../queries/capitalRegister';
import { useLanguage, useWords } from '../../../words/language';
import { euros, whole } from '../../../words/numbers';

interface HoldersProps {
  organiserId: string;
  name: string;
}

/** The capital today, and what each member holds of it. */
export function Holders({ organiserId, name }: HoldersProps) {
  const words = useWords(capitalRegisterWords);
  const language = useLanguage();
  const query = useQuery(holdersQuery(organiserId));
  return (
    <Card title={name}>
      <Answer query={query}>
        {({ capital_shares, amount_cents, holders }) =>
          holders.length === 0 ? (
            <p>{words.noHolder}</p>
          ) : (
            <>
              <table className={tables.numbers}>
                <caption>
                  {words.total(capital_shares, euros(amount_cents, language), holders.length)}
                </caption>
                <thead>
                  <tr>
                    <th scope="col">{words.member}</th>
                    <th scope="col">{words.shares}</th>
                    <th scope="col">{words.amount}</th>
                  </tr>
                </thead>
                <tbody>
                  {holders.map((holder) => (
                    <tr key={holder.member_id}>
                      <th scope="row">{holder.name}</th>
                      <td>{whole(holder.capital_shares, language)}</td>
                      <td>{euros(holder.amount_cents, language)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <Why>
                <p>{words.because}</p>
              </Why>
            </>
          )
        }
      </Answer>
    </Card>
  );
}
