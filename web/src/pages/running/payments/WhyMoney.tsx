import { paymentsWords } from '../../../messages/running/payments';
import { Why } from '../../../parts/Why';
import { useWords } from '../../../words/language';

/** Below the amounts of a page, where they come from. */
export function WhyMoney() {
  const words = useWords(paymentsWords);
  return (
    <Why title={words.why}>
      <p>{words.whyOwed}</p>
      <p>{words.whyPaid}</p>
    </Why>
  );
}
