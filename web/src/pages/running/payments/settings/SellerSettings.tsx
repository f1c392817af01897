import { sellerSettingsWords } from '../../../../messages/running/paymentsSettings';
import shared from '../../../../parts/Together.module.css';
import { useWords } from '../../../../words/language';
import { OfSeller } from '../OfPayee';
import { BookSettings } from './BookSettings';
import { MailSettings } from './MailSettings';
import { ReminderSettings } from './ReminderSettings';

/** What is decided once about the money of a seller, and then happens by itself. */
export function SellerSettings() {
  const words = useWords(sellerSettingsWords);
  return <OfSeller title={words.title}>{({ id }) => <OfOne key={id} id={id} />}</OfSeller>;
}

function OfOne({ id }: { id: string }) {
  const words = useWords(sellerSettingsWords);
  return (
    <>
      <p className={shared.lead}>{words.lead}</p>
      <ReminderSettings id={id} />
      <MailSettings id={id} />
      <BookSettings id={id} />
    </>
  );
}
