import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { capitalRegisterWords } from '../../../messages/staff/capital';
import { Answer } from '../../../parts/Answer';
import { BackToAccounts } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import shared from '../../../parts/Together.module.css';
import { organisersQuery } from '../../../queries/requestDesk';
import { useWords } from '../../../words/language';
import { Filters } from '../Filters';
import { Holders } from './Holders';
import { Movements } from './Movements';
import { RecordingMovement } from './RecordingMovement';

/** Who holds shares of a co-operative, and every movement that led there. */
export function CapitalRegister() {
  const words = useWords(capitalRegisterWords);
  const { organiser: chosen } = useSearch({ from: '/inside/staff/capital' });
  const query = useQuery(organisersQuery);
  return (
    <>
      <BackToAccounts />
      <Heading>{words.title}</Heading>
      <p className={shared.lead}>{words.lead}</p>
      <Answer query={query}>
        {(organisers) => {
          const organiser = organisers.find(({ id }) => id === chosen) ?? organisers[0];
          if (!organiser) return <p>{words.noOrganiser}</p>;
          return (
            <>
              {organisers.length > 1 && (
                <Filters label={words.which}>
                  {organisers.map(({ id, name }) => [
                    id,
                    <Link
                      key={id}
                      to="/staff/capital"
                      search={{ organiser: id }}
                      aria-current={id === organiser.id ? 'true' : undefined}
                    >
                      {name}
                    </Link>,
                  ])}
                </Filters>
              )}
              <Holders organiserId={organiser.id} name={organiser.name} />
              <RecordingMovement key={organiser.id} organiserId={organiser.id} />
              <Movements organiserId={organiser.id} />
            </>
          );
        }}
      </Answer>
    </>
  );
}
