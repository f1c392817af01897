import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { surplusWords } from '../../../../messages/running/surplus';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { Said } from '../../../../parts/Said';
import { surplusContractsQuery } from '../../../../queries/surplus';
import { useWords } from '../../../../words/language';
import { useNames } from '../../names';
import { ContractForm } from './ContractForm';
import { Contracts } from './Contracts';
import { MonthPriceForm } from './MonthPriceForm';

interface SurplusProps {
  operation: string;
  plants: readonly string[];
  /** Who runs all operations of the seller, as with its books. */
  mayChange: boolean;
}

/** Who takes the surplus of each plant of a seller, and at which price. */
export function Surplus({ operation, plants, mayChange }: SurplusProps) {
  const words = useWords(surplusWords);
  if (plants.length === 0) return null;
  return (
    <div id="surplus">
      <Card title={words.title}>
        <p>{words.help}</p>
        {plants.map((prm) => (
          <OfPlant
            key={prm}
            operation={operation}
            prm={prm}
            isOnly={plants.length === 1}
            mayChange={mayChange}
          />
        ))}
      </Card>
    </div>
  );
}

interface OfPlantProps {
  operation: string;
  prm: string;
  isOnly: boolean;
  mayChange: boolean;
}

function OfPlant({ operation, prm, isOnly, mayChange }: OfPlantProps) {
  const words = useWords(surplusWords);
  const names = useNames(operation);
  const query = useQuery(surplusContractsQuery(prm));
  const [savings, setSavings] = useState(0);
  const onSaved = () => setSavings(savings + 1);
  return (
    <section>
      {!isOnly && <h3>{names.ofPoint(prm)}</h3>}
      <Answer query={query}>
        {(contracts) => (
          <>
            {contracts.length === 0 ? (
              <p>{words.none}</p>
            ) : (
              <Contracts caption={words.contracts(names.ofPoint(prm))} contracts={contracts} />
            )}
            <Said>{savings > 0 && words.saved}</Said>
            {mayChange && (
              <>
                <MonthPriceForm
                  key={`month ${savings}`}
                  operation={operation}
                  prm={prm}
                  contracts={contracts}
                  onSaved={onSaved}
                />
                <details>
                  <summary>{contracts.length === 0 ? words.add : words.change}</summary>
                  <ContractForm
                    key={savings}
                    operation={operation}
                    prm={prm}
                    contracts={contracts}
                    onSaved={onSaved}
                  />
                </details>
              </>
            )}
          </>
        )}
      </Answer>
    </section>
  );
}
