import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { accountWords } from '../../../messages/staff/accounts';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import chips from '../../../parts/Chip.module.css';
import { Heading } from '../../../parts/Heading';
import { SearchField } from '../../../parts/SearchField';
import shared from '../../../parts/Together.module.css';
import { type Account, accountsQuery } from '../../../queries/accounts';
import { useWords } from '../../../words/language';
import { Invitations } from './Invitations';
import { Pauses } from './Pauses';

/** Who may log in: who waits, who is invited, and all accounts. */
export function Accounts() {
  const words = useWords(accountWords);
  const query = useQuery(accountsQuery);
  return (
    <>
      <Heading>{words.title}</Heading>
      <p className={shared.lead}>{words.lead}</p>
      <Link className={shared.more} to="/staff/audit">
        {words.allChanges}
      </Link>
      <Link className={shared.more} to="/staff/capital">
        {words.capital}
      </Link>
      <Link className={shared.more} to="/staff/erasures">
        {words.erasures}
      </Link>
      <Link className={shared.more} to="/staff/messages">
        {words.messages}
      </Link>
      <Pauses />
      <Invitations />
      <Card title={words.accounts}>
        <Answer query={query}>{(accounts) => <Found accounts={accounts} />}</Answer>
      </Card>
    </>
  );
}

/** So many are drawn at once; who looks for one types more of its address. */
const MOST = 50;

function Found({ accounts }: { accounts: readonly Account[] }) {
  const words = useWords(accountWords);
  const [looked, look] = useState('');
  const found = accounts.filter(({ email }) => email.includes(looked.trim().toLowerCase()));
  return (
    <>
      <SearchField label={words.find} value={looked} onChange={look} />
      <p className={shared.weak} role="status">
        {words.found(found.length)}
      </p>
      <ul className={shared.list}>
        {found.slice(0, MOST).map((account) => (
          <Line key={account.id} account={account} />
        ))}
      </ul>
    </>
  );
}

function Line({ account: { id, email, roles, operations, disabled } }: { account: Account }) {
  const words = useWords(accountWords);
  return (
    <li>
      <div className={shared.line}>
        <h3 className={shared.title}>
          <Link to="/staff/accounts/$account" params={{ account: id }}>
            {email}
          </Link>
        </h3>
        {disabled && <span className={chips.chip}>{words.disabled}</span>}
      </div>
      <p className={shared.weak}>
        {[...roles.map((role) => words.roles[role]), ...operations].join(', ')}
      </p>
    </li>
  );
}
