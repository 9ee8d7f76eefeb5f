package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.OVERFLOW;

import org.isochron.codecs.InstrumentUpdateDecoder;
import org.isochron.risk.ledger.Contracts;
import org.isochron.risk.ledger.FundingScale;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.rules.RuleTable;
import org.isochron.risk.rules.TermUpdates;

/** Terms of instruments as the operator changes them, at once or announced ahead. */
final class UpdateDesk {
    private final Contracts contracts;
    private final Instruments instruments;
    private final RuleTable funding;
    private final RuleTable updates;
    private final RuleAdoption adoption;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    UpdateDesk(final Ledger ledger, final RuleAdoption adoption, final Reports reports) {
        contracts = ledger.contracts();
        instruments = ledger.instruments();
        funding = ledger.rules().funding().table();
        updates = ledger.rules().termUpdates().table();
        this.adoption = adoption;
        this.reports = reports;
    }

    void onInstrumentUpdate(final Request request, final InstrumentUpdateDecoder command) {
        if (adoption.refuses(refusal, command.instrumentId(), command.activationSequence())
                || refusesSizes(command)
                || refusesFees(command)
                || refusesDistances(command)
                || refusesTimes(command)) {
            reports.businessReject(request, refusal);
            return;
        }
        stage(command);
        adoption.adopt(request, updates, command.buffer(), command.offset(), command.encodedLength());
    }

    private boolean refusesSizes(final InstrumentUpdateDecoder command) {
        final long order = command.maxOrderQuantity();
        if (!isKeptQuantity(order)
                && TermChecks.refusesBelowOne(refusal, InstrumentUpdateDecoder.maxOrderQuantityId(), order)) {
            return true;
        }
        if (command.maxOpenOrders() == 0) {
            return refusal.of(BAD_VALUE, InstrumentUpdateDecoder.maxOpenOrdersId(), 0, 1);
        }
        final long position = command.maxPositionQuantity();
        if (isKeptQuantity(position)) {
            return false;
        }
        final int field = InstrumentUpdateDecoder.maxPositionQuantityId();
        final long largest = largestPosition(adoption.instrument());
        return TermChecks.refusesBelowOne(refusal, field, position)
                || position > largest && refusal.of(OVERFLOW, field, position, largest);
    }

    /**
     * What the contract's worth leaves room for; where it funds, no more than it has or {@link FundingScale#UNITS} lots, for
     * which ten years of funding fit whenever they fit the cumulative index.
     */
    private long largestPosition(final int instrument) {
        final long byWorth = ContractTerms.largestPosition(contracts, instrument);
        if (!funding.isDefined(instrument) && !funding.isAnnounced(instrument)) {
            return byWorth;
        }
        return Math.min(byWorth, Math.max(instruments.maxPositionLots(instrument), FundingScale.UNITS));
    }

    private boolean refusesFees(final InstrumentUpdateDecoder command) {
        final int maker = command.makerFeePpm();
        final int taker = command.takerFeePpm();
        final int liquidation = command.liquidationFeePpm();
        if (isKeptPpm(maker) != isKeptPpm(taker)) {
            // One alone might not go with what the other is by then.
            return refusal.of(
                    BAD_VALUE,
                    isKeptPpm(maker)
                            ? InstrumentUpdateDecoder.makerFeePpmId()
                            : InstrumentUpdateDecoder.takerFeePpmId(),
                    Refusal.NO_VALUE);
        }
        if (!isKeptPpm(maker)
                && TermChecks.refusesFees(
                        refusal,
                        InstrumentUpdateDecoder.makerFeePpmId(),
                        maker,
                        InstrumentUpdateDecoder.takerFeePpmId(),
                        taker)) {
            return true;
        }
        return !isKeptPpm(liquidation)
                && TermChecks.refusesOutside(
                        refusal, InstrumentUpdateDecoder.liquidationFeePpmId(), liquidation, 0, TermChecks.MAX_FEE_PPM);
    }

    private boolean refusesDistances(final InstrumentUpdateDecoder command) {
        return refusesDistance(InstrumentUpdateDecoder.bandPpmId(), command.bandPpm())
                || refusesDistance(InstrumentUpdateDecoder.collarPpmId(), command.collarPpm())
                || refusesDistance(InstrumentUpdateDecoder.marketProtectionPpmId(), command.marketProtectionPpm());
    }

    /** 0 takes the band, collar or protection away. */
    private boolean refusesDistance(final int fieldId, final int ppm) {
        return !isKeptPpm(ppm) && ppm != 0 && TermChecks.refusesDistance(refusal, fieldId, ppm);
    }

    private boolean refusesTimes(final InstrumentUpdateDecoder command) {
        final long delayUs = command.takerDelayUs();
        if (!isKeptCount(delayUs) && delayUs > TermChecks.MAX_TAKER_DELAY_US) {
            return refusal.of(
                    BAD_VALUE, InstrumentUpdateDecoder.takerDelayUsId(), delayUs, TermChecks.MAX_TAKER_DELAY_US);
        }
        return refusesTime(InstrumentUpdateDecoder.limitMsId(), command.limitMs())
                || refusesTime(InstrumentUpdateDecoder.haltMsId(), command.haltMs())
                || refusesTime(InstrumentUpdateDecoder.auctionMsId(), command.auctionMs());
    }

    private boolean refusesTime(final int fieldId, final long ms) {
        return !isKeptCount(ms) && TermChecks.refusesTime(refusal, fieldId, ms);
    }

    private void stage(final InstrumentUpdateDecoder command) {
        updates.stage(TermUpdates.MAX_ORDER_LOTS, command.maxOrderQuantity());
        updates.stage(TermUpdates.MAX_POSITION_LOTS, command.maxPositionQuantity());
        stagePpm(TermUpdates.MAKER_FEE_PPM, command.makerFeePpm());
        stagePpm(TermUpdates.TAKER_FEE_PPM, command.takerFeePpm());
        stagePpm(TermUpdates.LIQUIDATION_FEE_PPM, command.liquidationFeePpm());
        stagePpm(TermUpdates.BAND_PPM, command.bandPpm());
        stagePpm(TermUpdates.COLLAR_PPM, command.collarPpm());
        stagePpm(TermUpdates.MARKET_PROTECTION_PPM, command.marketProtectionPpm());
        stageCount(TermUpdates.MAX_OPEN_ORDERS, command.maxOpenOrders(), 1);
        stageCount(TermUpdates.TAKER_DELAY_NS, command.takerDelayUs(), TermChecks.NANOS_PER_MICRO);
        stageCount(TermUpdates.LIMIT_NS, command.limitMs(), TermChecks.NANOS_PER_MILLI);
        stageCount(TermUpdates.HALT_NS, command.haltMs(), TermChecks.NANOS_PER_MILLI);
        stageCount(TermUpdates.AUCTION_NS, command.auctionMs(), TermChecks.NANOS_PER_MILLI);
    }

    private void stagePpm(final int field, final int ppm) {
        updates.stage(field, isKeptPpm(ppm) ? TermUpdates.KEEP : ppm);
    }

    private void stageCount(final int field, final long value, final long unit) {
        updates.stage(field, isKeptCount(value) ? TermUpdates.KEEP : value * unit);
    }

    /** Null of a quantity, which is {@link TermUpdates#KEEP} too. */
    private static boolean isKeptQuantity(final long quantity) {
        return quantity == InstrumentUpdateDecoder.maxOrderQuantityNullValue();
    }

    private static boolean isKeptPpm(final int ppm) {
        return ppm == InstrumentUpdateDecoder.makerFeePpmNullValue();
    }

    /** Counts and durations have the same null. */
    private static boolean isKeptCount(final long value) {
        return value == InstrumentUpdateDecoder.limitMsNullValue();
    }
}
