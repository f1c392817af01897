interface PlantPrices {
  prices: readonly unknown[];
  half_hours: readonly (string | null)[];
}

/** Whether a plant has prices today, at hours that depend on a meter and are not known. */
export function dependsOnMeter({ prices, half_hours }: PlantPrices): boolean {
  return prices.length > 0 && half_hours.every((price) => price === null);
}
