package org.isochron.risk.ledger;

/**
 * The terms of one contract as they are defined: scratch that a definition fills in and {@link Instruments} copies.
 * Prices in ticks, quantities in lots, fees and margins in ppm.
 */
public final class InstrumentTerms {
    public long id;
    public long symbolHead;
    public long symbolTail;
    /** Wire value of the ContractKind. */
    public int kind;
    /** Wire value of the PowerExponent, 0 for a contract that is none. */
    public int exponent;
    /** Price of the underlying at which a power contract's price is 1, price units. */
    public long norm;
    /** Price units (1e-9) in one tick. */
    public long tickSize;
    /** What one lot is in 1e-9: of the underlying; of the quote asset when inverse; of settlement asset per 1.0 of price when quanto. */
    public long lotSize;
    /** What {@link Contracts} multiplies by: K, quanta in one lot at one tick; negative, -N of an inverse contract. */
    public long factor;

    public long maxPriceTicks;
    public long maxOrderLots;
    public long maxPositionLots;
    public int assetSlot;
    public int initialMarginPpm;
    public int maintenanceMarginPpm;
    public int makerFeePpm;
    public int takerFeePpm;
    public int liquidationFeePpm;
    /** Distance from the mark a limit price may have, ppm; 0 for no band. */
    public int bandPpm;
    /** Distance from its reference an auction price may have, ppm; 0 for no collar. */
    public int collarPpm;
    /** Distance from the mark within which a market order without a price trades, ppm; 0: it needs a price. */
    public int marketProtectionPpm;

    public long takerDelayNs;
    public long limitNs;
    public long haltNs;
    public long auctionNs;
    public long maxOpenOrders;
    public long indexStaleNs;
    public int requiredSources;
}
