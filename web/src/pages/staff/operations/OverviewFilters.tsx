import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { overviewWords } from '../../../messages/staff/operations';
import { SearchField } from '../../../parts/SearchField';
import { SelectField } from '../../../parts/SelectField';
import { TickField } from '../../../parts/TickField';
import { organisersQuery } from '../../../queries/requestDesk';
import { useWords } from '../../../words/language';
import type { OverviewFilter } from '../../../words/overview';
import styles from './Overview.module.css';

const ANY = '';

/** What one looks for; it goes into the address, which can be passed on. */
export function OverviewFilters() {
  const words = useWords(overviewWords);
  const filter = useSearch({ from: '/inside/staff/operations' });
  const navigate = useNavigate();
  const { data: organisers = [] } = useQuery(organisersQuery);
  const [name, setName] = useState(filter.name ?? '');
  const look = (change: OverviewFilter) =>
    navigate({
      to: '/staff/operations',
      search: { ...filter, ...change, page: undefined },
      replace: true,
      resetScroll: false,
    });
  return (
    <div className={styles.filters}>
      <SearchField
        label={words.name}
        value={name}
        onChange={(text) => {
          setName(text);
          void look({ name: text.trim() || undefined });
        }}
      />
      <SelectField
        name="organiser"
        label={words.organiser}
        options={[
          [ANY, words.allOrganisers],
          ...organisers.map((organiser) => [organiser.id, organiser.name] as const),
        ]}
        value={filter.organiser ?? ANY}
        onChange={(organiser) => void look({ organiser: organiser || undefined })}
      />
      <TickField
        name="behind"
        label={words.behind}
        isTicked={filter.behind ?? false}
        onChange={(isTicked) => void look({ behind: isTicked || undefined })}
      />
    </div>
  );
}
