package org.isochron.replay.audit;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.isochron.codecs.FillDecoder;
import org.isochron.codecs.InsuranceReason;
import org.isochron.codecs.LiquidationPrintKind;
import org.isochron.codecs.Side;
import org.isochron.replay.audit.LiquidationFindings.Check;

/**
 * Whether INSURANCE works off what it holds as it must (rulebook 8.4): lots it has, no worse than the slip from the mark, at
 * most so many in a second, paying the taker fee like anyone. What is left of it then, {@link FundChecks} asks.
 */
final class UnwindChecks {
    private static final long SECOND_NS = 1_000_000_000L;

    private final AuditedVenue venue;
    private final FundChecks told;
    private final LiquidationFindings findings;
    private final Map<AuditedInstrument, Second> seconds = new HashMap<>();
    /** Lots worked off since the beginning of a second. */
    private record Second(long startNs, long lots) {}

    UnwindChecks(final AuditedVenue venue, final FundChecks told, final LiquidationFindings findings) {
        this.venue = venue;
        this.told = told;
        this.findings = findings;
    }

    /** A fill of INSURANCE, before it moves anything. */
    void onFill(final AuditedPosition position, final FillDecoder event) {
        final AuditedInstrument instrument = position.instrument;
        final boolean isLong = position.lots > 0;
        final long lots = event.lastQuantity();
        final long ticks = event.lastPrice() / instrument.contract.tickSize();
        final Check check = findings.check(venue.sequence, event.accountId(), "Fill");
        check.same("side", isLong ? Side.SELL : Side.BUY, event.side());
        check.holds(lots <= Math.abs(position.lots), "INSURANCE only reduces", position.lots, lots);
        checkPrice(check, instrument, isLong, ticks);
        final long startNs = venue.timeNs / SECOND_NS * SECOND_NS;
        final Second second = seconds.get(instrument);
        final long sum = lots + (second != null && second.startNs == startNs ? second.lots : 0);
        seconds.put(instrument, new Second(startNs, sum));
        check.holds(
                sum <= instrument.rules().unwindLots(),
                "lots in a second",
                "at most " + instrument.rules().unwindLots(),
                sum);
        final BigInteger cash = instrument.contract.value(lots, ticks);
        final BigInteger received = isLong ? cash : cash.negate();
        told.went(instrument, LiquidationPrintKind.UNWIND, isLong, lots, received);
        told.moved(instrument.contract.assetId(), InsuranceReason.UNWIND, received);
        final BigInteger fee = Rounding.ceilPpm(cash.abs(), instrument.contract.takerFeePpm());
        check.same("fee", fee, event.fee());
        told.moved(instrument.contract.assetId(), InsuranceReason.UNWIND, fee.negate());
    }

    private static void checkPrice(
            final Check check, final AuditedInstrument instrument, final boolean isLong, final long ticks) {
        final long slipPpm = instrument.rules().unwindSlipPpm();
        final BigInteger mark = BigInteger.valueOf(instrument.markTicks);
        final BigInteger slip =
                isLong ? Rounding.ceilPpm(mark, 1_000_000 - slipPpm) : Rounding.floorPpm(mark, 1_000_000 + slipPpm);
        final int side = BigInteger.valueOf(ticks).compareTo(slip);
        check.holds(isLong ? side >= 0 : side <= 0, "no worse than the slip from the mark", slip, ticks);
    }
}
