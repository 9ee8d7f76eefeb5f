package org.isochron.risk.ledger;

import org.isochron.codecs.frame.XxHash64;
import org.isochron.risk.rules.TermUpdates;
import org.isochron.risk.state.PairIndex;
import org.isochron.risk.state.StateOwner;
import org.isochron.risk.state.StateTable;
import org.isochron.risk.state.StateVisitor;

/** Instruments as contracts: terms, trading state and the list of their holders. Part of the ledger. */
public final class Instruments implements StateOwner {
    /** Wire value of TradingState.OPEN, the state an instrument is defined in. */
    public static final int OPEN = 1;
    /** Wire value of TradingState.LIMIT. */
    public static final int LIMIT = 2;
    /** Wire value of TradingState.HALT. */
    public static final int HALT = 3;
    /** Wire value of TradingState.AUCTION. */
    public static final int AUCTION = 4;
    /** Wire value of TradingState.CLOSED. */
    public static final int CLOSED = 5;

    /** Wire value of ContractKind.LINEAR. */
    public static final int LINEAR = 1;
    /** Wire value of ContractKind.INVERSE. */
    public static final int INVERSE = 2;
    /** Wire value of ContractKind.QUANTO. */
    public static final int QUANTO = 3;
    /** Wire value of ContractKind.POWER. */
    public static final int POWER = 4;

    /** Wire values of PowerExponent. */
    public static final int EXPONENT_ZERO = 1;

    public static final int EXPONENT_HALF = 2;
    public static final int EXPONENT_ONE = 3;
    public static final int EXPONENT_TWO = 4;
    public static final int EXPONENT_THREE = 5;

    private static final int ID = 0;
    private static final int SYMBOL_HEAD = 1;
    private static final int SYMBOL_TAIL = 2;
    private static final int TICK_SIZE = 3;
    private static final int LOT_SIZE = 4;
    private static final int FACTOR = 5;
    private static final int MAX_PRICE = 6;
    private static final int MAX_ORDER = 7;
    private static final int MAX_POSITION = 8;
    private static final int ASSET = 9;
    private static final int INITIAL_MARGIN = 10;
    private static final int MAINTENANCE_MARGIN = 11;
    private static final int MAKER_FEE = 12;
    private static final int TAKER_FEE = 13;
    private static final int LIQUIDATION_FEE = 14;
    private static final int MAX_OPEN_ORDERS = 15;
    private static final int INDEX_STALE_NS = 16;
    private static final int REQUIRED_SOURCES = 17;
    private static final int RULE_HASH = 18;
    private static final int STATE = 19;
    private static final int FIRST_HOLDER = 20;
    private static final int BAND = 21;
    private static final int COLLAR = 22;
    private static final int MARKET_PROTECTION = 23;
    private static final int TAKER_DELAY_NS = 24;
    private static final int LIMIT_NS = 25;
    private static final int HALT_NS = 26;
    private static final int AUCTION_NS = 27;
    private static final int KIND = 28;
    private static final int EXPONENT = 29;
    private static final int NORM = 30;
    private static final int NOTED_OPEN_INTEREST = 31;
    private static final int FIELDS = 32;

    private final StateTable table;
    private final PairIndex byId;
    private final PairIndex bySymbol;

    Instruments(final int capacity) {
        table = new StateTable("instruments", capacity, FIELDS);
        byId = new PairIndex(table, ID, ID);
        bySymbol = new PairIndex(table, SYMBOL_HEAD, SYMBOL_TAIL);
    }

    /** Slot of the instrument, or -1. */
    public int find(final long id) {
        return byId.find(id, id);
    }

    /** Slot of the instrument with that symbol, its 16 bytes as two little-endian longs, or -1. */
    public int findSymbol(final long head, final long tail) {
        return bySymbol.find(head, tail);
    }

    public int count() {
        return byId.size();
    }

    public boolean isFull() {
        return count() == table.rows();
    }

    /** Lists an instrument, open for trading; the caller has checked its terms and that there is room. */
    public int define(final InstrumentTerms terms) {
        final int slot = count();
        table.set(slot, ID, terms.id);
        table.set(slot, SYMBOL_HEAD, terms.symbolHead);
        table.set(slot, SYMBOL_TAIL, terms.symbolTail);
        table.set(slot, TICK_SIZE, terms.tickSize);
        table.set(slot, LOT_SIZE, terms.lotSize);
        table.set(slot, FACTOR, terms.factor);
        table.set(slot, KIND, terms.kind);
        table.set(slot, EXPONENT, terms.exponent);
        table.set(slot, NORM, terms.norm);
        table.set(slot, MAX_PRICE, terms.maxPriceTicks);
        table.set(slot, MAX_ORDER, terms.maxOrderLots);
        table.set(slot, MAX_POSITION, terms.maxPositionLots);
        table.set(slot, ASSET, terms.assetSlot);
        table.set(slot, INITIAL_MARGIN, terms.initialMarginPpm);
        table.set(slot, MAINTENANCE_MARGIN, terms.maintenanceMarginPpm);
        table.set(slot, MAKER_FEE, terms.makerFeePpm);
        table.set(slot, TAKER_FEE, terms.takerFeePpm);
        table.set(slot, LIQUIDATION_FEE, terms.liquidationFeePpm);
        table.set(slot, MAX_OPEN_ORDERS, terms.maxOpenOrders);
        table.set(slot, INDEX_STALE_NS, terms.indexStaleNs);
        table.set(slot, REQUIRED_SOURCES, terms.requiredSources);
        table.set(slot, STATE, OPEN);
        table.set(slot, BAND, terms.bandPpm);
        table.set(slot, COLLAR, terms.collarPpm);
        table.set(slot, MARKET_PROTECTION, terms.marketProtectionPpm);
        table.set(slot, TAKER_DELAY_NS, terms.takerDelayNs);
        table.set(slot, LIMIT_NS, terms.limitNs);
        table.set(slot, HALT_NS, terms.haltNs);
        table.set(slot, AUCTION_NS, terms.auctionNs);
        table.set(slot, RULE_HASH, hashOfTerms(slot));
        byId.insert(slot);
        bySymbol.insert(slot);
        return slot;
    }

    /** Takes the new values of all terms that an update in force changes. */
    public void apply(final int slot, final TermUpdates updates) {
        change(slot, MAX_ORDER, updates, TermUpdates.MAX_ORDER_LOTS);
        change(slot, MAX_POSITION, updates, TermUpdates.MAX_POSITION_LOTS);
        change(slot, MAKER_FEE, updates, TermUpdates.MAKER_FEE_PPM);
        change(slot, TAKER_FEE, updates, TermUpdates.TAKER_FEE_PPM);
        change(slot, LIQUIDATION_FEE, updates, TermUpdates.LIQUIDATION_FEE_PPM);
        change(slot, MAX_OPEN_ORDERS, updates, TermUpdates.MAX_OPEN_ORDERS);
        change(slot, BAND, updates, TermUpdates.BAND_PPM);
        change(slot, COLLAR, updates, TermUpdates.COLLAR_PPM);
        change(slot, MARKET_PROTECTION, updates, TermUpdates.MARKET_PROTECTION_PPM);
        change(slot, TAKER_DELAY_NS, updates, TermUpdates.TAKER_DELAY_NS);
        change(slot, LIMIT_NS, updates, TermUpdates.LIMIT_NS);
        change(slot, HALT_NS, updates, TermUpdates.HALT_NS);
        change(slot, AUCTION_NS, updates, TermUpdates.AUCTION_NS);
        table.set(slot, RULE_HASH, hashOfTerms(slot));
    }

    private void change(final int slot, final int field, final TermUpdates updates, final int update) {
        table.set(slot, field, updates.newValue(slot, update, table.get(slot, field)));
    }

    private long hashOfTerms(final int slot) {
        long hash = 0;
        for (int field = 0; field < FIELDS; field++) {
            if (field != STATE && field != FIRST_HOLDER && field != RULE_HASH) {
                // What is open is no term, though margins follow it.
                hash = XxHash64.mix(hash + (field == NOTED_OPEN_INTEREST ? 0 : table.get(slot, field)));
            }
        }
        return hash;
    }

    public long id(final int slot) {
        return table.get(slot, ID);
    }

    public long symbolHead(final int slot) {
        return table.get(slot, SYMBOL_HEAD);
    }

    public long symbolTail(final int slot) {
        return table.get(slot, SYMBOL_TAIL);
    }

    /** Price units (1e-9) in one tick. */
    public long tickSize(final int slot) {
        return table.get(slot, TICK_SIZE);
    }

    /** What one lot is, in 1e-9: see {@link InstrumentTerms#lotSize}. */
    public long lotSize(final int slot) {
        return table.get(slot, LOT_SIZE);
    }

    /** Wire value of the ContractKind. */
    public int kind(final int slot) {
        return table.getInt(slot, KIND);
    }

    /** Wire value of a power contract's PowerExponent, 0 for others. */
    public int exponent(final int slot) {
        return table.getInt(slot, EXPONENT);
    }

    /** Price of the underlying at which a power contract's price is 1, price units; 0 for others. */
    public long norm(final int slot) {
        return table.get(slot, NORM);
    }

    /** Of {@link Contracts}. */
    public long factor(final int slot) {
        return table.get(slot, FACTOR);
    }

    public long maxPriceTicks(final int slot) {
        return table.get(slot, MAX_PRICE);
    }

    public long maxOrderLots(final int slot) {
        return table.get(slot, MAX_ORDER);
    }

    public long maxPositionLots(final int slot) {
        return table.get(slot, MAX_POSITION);
    }

    /** Slot of the settlement asset. */
    public int asset(final int slot) {
        return table.getInt(slot, ASSET);
    }

    public int initialMarginPpm(final int slot) {
        return table.getInt(slot, INITIAL_MARGIN);
    }

    public int maintenanceMarginPpm(final int slot) {
        return table.getInt(slot, MAINTENANCE_MARGIN);
    }

    /** Negative for a rebate. */
    public int makerFeePpm(final int slot) {
        return table.getInt(slot, MAKER_FEE);
    }

    public int takerFeePpm(final int slot) {
        return table.getInt(slot, TAKER_FEE);
    }

    public int liquidationFeePpm(final int slot) {
        return table.getInt(slot, LIQUIDATION_FEE);
    }

    /** Open orders an account may have in it. */
    public long maxOpenOrders(final int slot) {
        return table.get(slot, MAX_OPEN_ORDERS);
    }

    /** Age at which a source's price drops out. */
    public long indexStaleNs(final int slot) {
        return table.get(slot, INDEX_STALE_NS);
    }

    /** Fresh sources a valid index needs. */
    public int requiredSources(final int slot) {
        return table.getInt(slot, REQUIRED_SOURCES);
    }

    /** Distance from the mark a limit price may have, ppm; 0 for no band. */
    public int bandPpm(final int slot) {
        return table.getInt(slot, BAND);
    }

    /** Distance from its reference an auction price may have, ppm; 0 for no collar. */
    public int collarPpm(final int slot) {
        return table.getInt(slot, COLLAR);
    }

    /** Distance from the mark within which a market order without a price trades, ppm; 0: it needs a price. */
    public int marketProtectionPpm(final int slot) {
        return table.getInt(slot, MARKET_PROTECTION);
    }

    /** How long an order that would take liquidity waits; 0 for not at all. */
    public long takerDelayNs(final int slot) {
        return table.get(slot, TAKER_DELAY_NS);
    }

    /** How long the best price may stand at the band before the halt. */
    public long limitNs(final int slot) {
        return table.get(slot, LIMIT_NS);
    }

    /** How long a halt lasts before the auction. */
    public long haltNs(final int slot) {
        return table.get(slot, HALT_NS);
    }

    /** How long an auction collects. */
    public long auctionNs(final int slot) {
        return table.get(slot, AUCTION_NS);
    }

    /** Hash over all terms of the contract. */
    public long ruleHash(final int slot) {
        return table.get(slot, RULE_HASH);
    }

    /** Wire value of the TradingState. */
    public int state(final int slot) {
        return table.getInt(slot, STATE);
    }

    /** Whether orders match on arrival: OPEN, or LIMIT on the way to a halt. */
    public boolean isOpen(final int slot) {
        return state(slot) <= LIMIT;
    }

    /** Whether orders are collected for one price. */
    public boolean isInAuction(final int slot) {
        return state(slot) == AUCTION;
    }

    public void state(final int slot, final int state) {
        table.set(slot, STATE, state);
    }

    /** Open interest that initial margins follow where they do, lots. */
    public long notedOpenInterest(final int slot) {
        return table.get(slot, NOTED_OPEN_INTEREST);
    }

    public void notedOpenInterest(final int slot, final long lots) {
        table.set(slot, NOTED_OPEN_INTEREST, lots);
    }

    /** Takes the rates of the first margin tier for those of the contract. */
    public void adoptMargins(final int slot, final long initialPpm, final long maintenancePpm) {
        table.set(slot, INITIAL_MARGIN, initialPpm);
        table.set(slot, MAINTENANCE_MARGIN, maintenancePpm);
        table.set(slot, RULE_HASH, hashOfTerms(slot));
    }

    /** First position of the instrument's holders, or -1; the next is {@link Positions#nextOfInstrument}. */
    public int firstHolder(final int slot) {
        return table.getInt(slot, FIRST_HOLDER) - 1;
    }

    void firstHolder(final int slot, final int position) {
        table.set(slot, FIRST_HOLDER, position + 1L);
    }

    @Override
    public void visit(final StateVisitor visitor) {
        visitor.part(table);
        visitor.part(byId);
        visitor.part(bySymbol);
    }

    void resize(final int capacity) {
        table.resize(capacity);
        byId.resize();
        bySymbol.resize();
    }
}
