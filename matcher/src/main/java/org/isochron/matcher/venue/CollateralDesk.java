package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.ALREADY_DEFINED;
import static org.isochron.codecs.RejectCode.BAD_VALUE;
import static org.isochron.codecs.RejectCode.CAPACITY;
import static org.isochron.codecs.RejectCode.OVERFLOW;
import static org.isochron.codecs.RejectCode.UNKNOWN_ASSET;
import static org.isochron.codecs.RejectCode.UNKNOWN_INSTRUMENT;

import org.isochron.codecs.CollateralDefineDecoder;
import org.isochron.risk.ledger.Collaterals;
import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.ledger.Ledger;

/** Which assets may be pledged as margin for which, as the operator defines it. The same rule for every account. */
final class CollateralDesk {
    private final Ledger ledger;
    private final Instruments instruments;
    private final Collaterals collaterals;
    private final Reports reports;
    private final Refusal refusal = new Refusal();

    private int asset;
    private int settleAsset;
    private int instrument;

    CollateralDesk(final Ledger ledger, final Reports reports) {
        this.ledger = ledger;
        this.reports = reports;
        instruments = ledger.instruments();
        collaterals = ledger.collaterals();
    }

    void onCollateral(final Request request, final CollateralDefineDecoder command) {
        if (refusesAssets(command) || refusesInstrument(command) || refusesAmounts(command) || refusesPair(command)) {
            reports.businessReject(request, refusal);
            return;
        }
        ledger.defineCollateral(
                asset, settleAsset, instrument, command.balanceCap(), command.drawCap(), command.haircutPpm());
        reports.accepted(request);
    }

    private boolean refusesAssets(final CollateralDefineDecoder command) {
        asset = ledger.assets().find(command.assetId());
        if (asset < 0) {
            return refusal.of(UNKNOWN_ASSET, CollateralDefineDecoder.assetIdId(), command.assetId());
        }
        settleAsset = ledger.assets().find(command.settleAssetId());
        if (settleAsset < 0) {
            return refusal.of(UNKNOWN_ASSET, CollateralDefineDecoder.settleAssetIdId(), command.settleAssetId());
        }
        return asset == settleAsset
                && refusal.of(BAD_VALUE, CollateralDefineDecoder.settleAssetIdId(), command.settleAssetId());
    }

    /**
     * Its ticks must be prices of the underlying: those of a power contract are not. And the venue's own book must have no
     * say in them.
     */
    private boolean refusesInstrument(final CollateralDefineDecoder command) {
        instrument = instruments.find(command.instrumentId());
        if (instrument < 0) {
            return refusal.of(UNKNOWN_INSTRUMENT, CollateralDefineDecoder.instrumentIdId(), command.instrumentId());
        }
        return (instruments.kind(instrument) == Instruments.POWER
                        || ledger.rules().closed().mayBeInternal(instrument))
                && refusal.of(BAD_VALUE, CollateralDefineDecoder.instrumentIdId(), command.instrumentId());
    }

    /** No null passes: each is the least number of its type, or the largest. */
    private boolean refusesAmounts(final CollateralDefineDecoder command) {
        final int haircut = command.haircutPpm();
        if (haircut < 0 || haircut > Collaterals.WHOLE_PPM) {
            return refusal.of(
                    BAD_VALUE,
                    CollateralDefineDecoder.haircutPpmId(),
                    haircut,
                    haircut < 0 ? 0 : Collaterals.WHOLE_PPM);
        }
        if (command.balanceCap() < 1) {
            return refusal.of(BAD_VALUE, CollateralDefineDecoder.balanceCapId(), command.balanceCap(), 1);
        }
        final long draw = command.drawCap();
        if (draw < 0 || draw > Ledger.MAX_NET_DEPOSITS) {
            return refusal.of(
                    BAD_VALUE, CollateralDefineDecoder.drawCapId(), draw, draw < 0 ? 0 : Ledger.MAX_NET_DEPOSITS);
        }
        // A balance may be larger than what counts of it: the most there can be has to fit.
        return collaterals.overflows(
                        instruments.tickSize(instrument),
                        ledger.assets().scale(asset),
                        ledger.assets().scale(settleAsset),
                        haircut,
                        command.balanceCap(),
                        instruments.maxPriceTicks(instrument),
                        Ledger.MAX_NET_DEPOSITS)
                && refusal.of(OVERFLOW, CollateralDefineDecoder.balanceCapId(), command.balanceCap());
    }

    private boolean refusesPair(final CollateralDefineDecoder command) {
        final int known = collaterals.find(asset, settleAsset);
        if (known == Collaterals.NONE) {
            return collaterals.isFull() && refusal.of(CAPACITY);
        }
        return collaterals.instrument(known) != instrument
                && refusal.of(ALREADY_DEFINED, CollateralDefineDecoder.instrumentIdId(), command.instrumentId());
    }
}
