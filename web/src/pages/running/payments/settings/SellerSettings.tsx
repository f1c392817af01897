import { sellerSettingsWords } from '../../../../messages/running/paymentsSettings';
import shared from '../../../../parts/Together.module.css';
import type { BookOwner } from '../../../../queries/payees';
import { useWords } from '../../../../words/language';
import { OfBookOwner } from '../OfPayee';
import { BookSettings } from './BookSettings';
import { MailSettings } from './MailSettings';
import { ReminderSettings } from './ReminderSettings';

/** What is decided once about the money of a seller, and then happens by itself. */
export function SellerSettings() {
  const words = useWords(sellerSettingsWords);
  return (
    <OfBookOwner title={words.title}>
      {(owner) => <OfOne key={owner.id} owner={owner} />}
    </OfBookOwner>
  );
}

function OfOne({ owner: { id, collects } }: { owner: BookOwner }) {
  const words = useWords(sellerSettingsWords);
  return (
    <>
      <p className={shared.lead}>{words.lead}</p>
      <ReminderSettings id={id} />
      <MailSettings id={id} collects={collects} />
      <BookSettings id={id} />
    </>
  );
}
