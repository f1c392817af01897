import { paymentsWords } from '../../../messages/running/payments';
import type { Seller } from '../../../queries/payees';
import { useWords } from '../../../words/language';

/** Why the money of some sellers is not dealt with here, and whose it is. */
export function WhoseMoney({ sellers }: { sellers: readonly Seller[] }) {
  const words = useWords(paymentsWords);
  if (sellers.length === 0) return <p>{words.noSeller}</p>;
  return sellers.map((seller) => {
    const why = whyNot(seller);
    return why && <p key={seller.id}>{words[why](seller.name)}</p>;
  });
}

function whyNot({ keepsBooks, creditor }: Seller) {
  if (creditor === undefined) return keepsBooks ? 'accountOfOthers' : 'moneyOfOthers';
  return creditor === null ? 'noAccount' : null;
}
