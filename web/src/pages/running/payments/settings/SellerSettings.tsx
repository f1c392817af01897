import { sellerSettingsWords } from '../../../../messages/running/paymentsSettings';
import shared from '../../../../parts/Together.module.css';
import type { Kept } from '../../../../queries/payees';
import { useWords } from '../../../../words/language';
import { OfKept } from '../OfPayee';
import { BookSettings } from './BookSettings';
import { MailSettings } from './MailSettings';
import { ReminderSettings } from './ReminderSettings';

/** What is decided once about the money of a seller, and then happens by itself. */
export function SellerSettings() {
  const words = useWords(sellerSettingsWords);
  return <OfKept title={words.title}>{(kept) => <OfOne key={kept.id} kept={kept} />}</OfKept>;
}

function OfOne({ kept: { id, collects } }: { kept: Kept }) {
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
