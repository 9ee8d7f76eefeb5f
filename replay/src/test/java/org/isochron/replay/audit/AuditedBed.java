package org.isochron.replay.audit;

import java.math.BigInteger;
import org.isochron.codecs.ContractKind;
import org.isochron.codecs.DeleverageRule;
import org.isochron.codecs.PowerExponent;

/**
 * A venue made by hand: dollars with six decimals; instrument 1 linear, a lot of 0.001 in ticks of 0.1, so 100 quanta for a
 * lot and a tick; instrument 2 inverse, a lot of 1,000 dollars in ticks of 0.5, settled in coins of eight decimals.
 */
final class AuditedBed {
    static final long USD = 1;
    static final long XBT = 2;
    static final long LINEAR = 1;
    static final long INVERSE = 2;
    private static final long UNIT = 1_000_000_000;

    final AuditedVenue venue = new AuditedVenue();
    final AuditedFund fund = new AuditedFund(venue);

    AuditedBed() {
        venue.assets.put(USD, new AuditedAsset(USD, "USD", 6));
        venue.assets.put(XBT, new AuditedAsset(XBT, "XBT", 8));
        list(LINEAR, contract("BTC-PERP", USD, 6, ContractKind.LINEAR, UNIT / 10, UNIT / 1_000));
        list(INVERSE, contract("XBTUSD", XBT, 8, ContractKind.INVERSE, UNIT / 2, 1_000 * UNIT));
    }

    /** Initial margin 5 %, maintenance 2.5 %, taker fee 0.045 %. */
    static AuditedContract contract(
            final String symbol,
            final long assetId,
            final int scale,
            final ContractKind kind,
            final long tickSize,
            final long lotSize) {
        return new AuditedContract(
                symbol,
                assetId,
                scale,
                kind,
                PowerExponent.NULL_VAL,
                tickSize,
                lotSize,
                1_000_000 * UNIT,
                50_000,
                25_000,
                450);
    }

    private void list(final long id, final AuditedContract contract) {
        final AuditedInstrument instrument = new AuditedInstrument(id, 5_000);
        instrument.contract = contract;
        instrument.maxOrderLots = 1_000;
        instrument.isValid = true;
        venue.instruments.put(id, instrument);
    }

    AuditedInstrument instrument(final long id) {
        return venue.instrument(id);
    }

    /** Mark and index, in whole units of the price. */
    void mark(final long instrumentId, final long price) {
        final AuditedInstrument instrument = venue.instrument(instrumentId);
        instrument.markTicks = price * UNIT / instrument.contract.tickSize();
        instrument.indexTicks = instrument.markTicks;
    }

    /** An account's cash grows, quanta. */
    AuditedBucket give(final long accountId, final long assetId, final long quanta) {
        final AuditedBucket bucket = venue.cross(accountId, assetId);
        venue.pay(bucket, BigInteger.valueOf(quanta));
        return bucket;
    }

    /** An account buys lots, or sells when negative, at a price in whole units. */
    AuditedPosition trade(final long accountId, final long instrumentId, final long lots, final long price) {
        final AuditedPosition position = venue.position(accountId, instrumentId);
        final BigInteger cash = position.instrument
                .contract
                .value(lots, price * UNIT / position.instrument.contract.tickSize())
                .negate();
        venue.move(position, lots, cash);
        venue.pay(position.bucket, cash);
        return position;
    }

    void rules(final long instrumentId, final BigInteger drawCap, final long stressPpm, final DeleverageRule rule) {
        final AuditedLiquidationRules defaults = AuditedLiquidationRules.defaults(6, 1_000);
        venue.instrument(instrumentId)
                .rules
                .send(
                        new AuditedLiquidationRules(
                                defaults.wholeNotional(),
                                drawCap,
                                defaults.unwindLots(),
                                defaults.tranchePpm(),
                                stressPpm,
                                defaults.unwindSlipPpm(),
                                defaults.retryNs(),
                                defaults.wholeAfterNs(),
                                defaults.drawWindowNs(),
                                rule),
                        -1);
    }

    /** Lots of the whole position on their way out at cash b. */
    static Closing closing(final AuditedPosition position, final long cash) {
        return new Closing(position, BigInteger.valueOf(cash), Math.abs(position.lots));
    }
}
