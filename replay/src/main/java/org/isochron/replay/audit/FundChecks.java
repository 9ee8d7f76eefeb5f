package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.InsuranceFundDecoder;
import org.isochron.codecs.InsuranceReason;
import org.isochron.codecs.LiquidationPrintDecoder;
import org.isochron.codecs.LiquidationPrintKind;
import org.isochron.codecs.Side;
import org.isochron.replay.audit.LiquidationFindings.Check;

/**
 * Whether what everybody is told adds up with what members are told, command by command: each movement of INSURANCE, for its
 * reason, continues its balance; each lot of a liquidation is in exactly one print.
 */
final class FundChecks {
    private final AuditedVenue venue;
    private final AuditedFund fund;
    private final LiquidationFindings findings;

    private record Movement(long assetId, InsuranceReason reason) implements Comparable<Movement> {
        @Override
        public int compareTo(final Movement other) {
            final int byAsset = Long.compare(assetId, other.assetId);
            return byAsset != 0 ? byAsset : reason.compareTo(other.reason);
        }
    }

    private record Way(long instrumentId, LiquidationPrintKind kind, Side side) implements Comparable<Way> {
        @Override
        public int compareTo(final Way other) {
            final int byInstrument = Long.compare(instrumentId, other.instrumentId);
            final int byKind = byInstrument != 0 ? byInstrument : kind.compareTo(other.kind);
            return byKind != 0 ? byKind : side.compareTo(other.side);
        }
    }

    /** Of the command: what members' events come to less what public ones tell. */
    private final Map<Movement, BigInteger> movements = new TreeMap<>();

    private final Map<Way, Long> lots = new TreeMap<>();
    private final Map<Way, BigInteger> cash = new TreeMap<>();

    FundChecks(final AuditedVenue venue, final AuditedFund fund, final LiquidationFindings findings) {
        this.venue = venue;
        this.fund = fund;
        this.findings = findings;
    }

    /** Something has moved cash of INSURANCE. */
    void moved(final long assetId, final InsuranceReason reason, final BigInteger change) {
        add(movements, new Movement(assetId, reason), change);
    }

    /** Before it moves anything. */
    void onFund(final InsuranceFundDecoder event) {
        final Check check = findings.check(venue.sequence, AuditedVenue.INSURANCE_ID, "InsuranceFund");
        final BigInteger change = BigInteger.valueOf(event.change());
        // A settlement and what it does to INSURANCE has been worked out whole.
        final boolean isMoved = event.reason() == InsuranceReason.SETTLEMENT;
        final BigInteger cash = venue.insurance(event.assetId()).cash;
        check.same("balance", isMoved ? cash : cash.add(change), event.balance());
        final long instrumentId = event.stamp().instrumentId();
        if (instrumentId != AuditedBucket.CROSS) {
            check.same("position", fund.held(venue.instrument(instrumentId)), event.position());
        }
        if (event.reason() == InsuranceReason.UNWIND) {
            final BigInteger left = venue.insurance(event.assetId()).equity().add(change);
            check.holds(left.signum() >= 0, "what working lots off leaves of INSURANCE", "nothing at least", left);
        }
        add(movements, new Movement(event.assetId(), event.reason()), change.negate());
    }

    /** Lots of a liquidation have gone one way. */
    void went(
            final AuditedInstrument instrument,
            final LiquidationPrintKind kind,
            final boolean wasLong,
            final long quantity,
            final BigInteger amount) {
        final Way way = new Way(instrument.id, kind, wasLong ? Side.SELL : Side.BUY);
        lots.merge(way, quantity, Long::sum);
        add(cash, way, amount.abs());
    }

    void onPrint(final LiquidationPrintDecoder event) {
        final AuditedInstrument instrument = venue.instrument(event.stamp().instrumentId());
        final Way way = new Way(instrument.id, event.kind(), event.side());
        lots.merge(way, -event.quantity(), Long::sum);
        add(cash, way, BigInteger.valueOf(event.cash()).negate());
        findings.check(venue.sequence, 0, "LiquidationPrint")
                .same("markPrice", instrument.price(instrument.markTicks), event.markPrice());
    }

    private static <K> void add(final Map<K, BigInteger> sums, final K key, final BigInteger amount) {
        sums.merge(key, amount, BigInteger::add);
    }

    void commandEnds() {
        movements.forEach((movement, rest) -> findings.check(venue.sequence, AuditedVenue.INSURANCE_ID, "InsuranceFund")
                .holds(
                        rest.signum() == 0,
                        movement.reason + " in " + venue.asset(movement.assetId).symbol + " is told in full",
                        "0 left",
                        rest));
        lots.forEach((way, rest) -> {
            final String what = way.kind + " " + way.side + " in "
                    + venue.instrument(way.instrumentId).contract.symbol() + " in exactly one print";
            final Check check = findings.check(venue.sequence, 0, "LiquidationPrint");
            check.holds(rest == 0, what, "0 lots left", rest);
            check.holds(cash.get(way).signum() == 0, what, "0 quanta left", cash.get(way));
        });
        movements.clear();
        lots.clear();
        cash.clear();
    }
}
