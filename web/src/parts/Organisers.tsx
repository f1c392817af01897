import type { PublicOperation } from '../queries/publicOperations';
import { organisersOf } from '../words/publicOperations';
import styles from './Organisers.module.css';

/** Who runs operations that are shown to the public, as they want to be written to. */
export function Organisers({ operations }: { operations: PublicOperation[] }) {
  return (
    <ul className={styles.organisers}>
      {organisersOf(operations).map((operation) => (
        <li key={operation.id}>
          <Organiser operation={operation} />
        </li>
      ))}
    </ul>
  );
}

export function Organiser({ operation }: { operation: PublicOperation }) {
  const { organiser_name, organiser_address, contact_email } = operation;
  return (
    <address className={styles.organiser}>
      {`${organiser_name}\n${organiser_address}`}
      {contact_email && (
        <>
          {'\n'}
          <a href={`mailto:${contact_email}`}>{contact_email}</a>
        </>
      )}
    </address>
  );
}
