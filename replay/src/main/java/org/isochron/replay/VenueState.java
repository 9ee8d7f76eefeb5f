package org.isochron.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.matcher.venue.Inspection;
import org.isochron.matcher.venue.Inspection.Funds;
import org.isochron.matcher.venue.Inspection.Summary;
import org.isochron.matcher.venue.Venue;

/** The venue as a whole as JSON: where it stands, how much it holds, its funds, the zero-sum identity, hashes. */
final class VenueState {
    private final Venue venue;
    private final Inspection inspection;

    VenueState(final Venue venue) {
        this.venue = venue;
        inspection = venue.inspection();
    }

    ObjectNode at(final long sequence) {
        final Summary summary = inspection.summary();
        final List<Funds> funds = byAsset(summary.funds());
        final NounHashes nouns = NounHashes.of(venue);
        final ObjectNode state = JsonText.object()
                .put("sequence", Long.toString(sequence))
                .put("time", IsoTime.format(summary.nowNs()))
                .put("epoch", summary.epoch())
                .put("cancelOnly", summary.cancelOnly())
                .put("scannedSequence", Long.toString(summary.scannedSequence()))
                .put("accounts", summary.accounts())
                .put("sessions", summary.sessions())
                .put("instruments", summary.instruments())
                .put("openOrders", summary.openOrders())
                .put("pendingWork", summary.pendingWork())
                .put("privateSeq", Long.toString(summary.privateSeq()))
                .put("publicSeq", Long.toString(summary.publicSeq()))
                .put("duplicates", Long.toString(summary.duplicates()));
        state.putObject("funds")
                .<ObjectNode>set("FEE", perAsset(funds, Funds::fee))
                .<ObjectNode>set("INSURANCE", perAsset(funds, Funds::insurance))
                .<ObjectNode>set("ROUNDING", perAsset(funds, Funds::rounding))
                .set("FUNDING_POOL", perAsset(funds, Funds::fundingPool));
        state.set("netDeposits", perAsset(funds, Funds::netDeposits));
        state.set("zeroSum", perAsset(funds, Funds::imbalance));
        state.set("nouns", nouns.toJson());
        return state.put("hash", JsonText.hash(nouns.combined()));
    }

    /** Per asset: cash of all accounts less net deposits, as a decimal. */
    Map<String, String> zeroSum() {
        final Map<String, String> imbalances = new LinkedHashMap<>();
        for (final Funds funds : byAsset(inspection.summary().funds())) {
            imbalances.put(inspection.assetSymbol(funds.assetId()), money(funds.assetId(), funds.imbalance()));
        }
        return imbalances;
    }

    private ObjectNode perAsset(final List<Funds> funds, final ToLongFunction<Funds> quanta) {
        final ObjectNode amounts = JsonText.object();
        for (final Funds asset : funds) {
            amounts.put(inspection.assetSymbol(asset.assetId()), money(asset.assetId(), quanta.applyAsLong(asset)));
        }
        return amounts;
    }

    private String money(final long assetId, final long quanta) {
        return FixedPoint.format(quanta, inspection.assetScale(assetId));
    }

    private static List<Funds> byAsset(final List<Funds> funds) {
        return funds.stream().sorted(Comparator.comparingLong(Funds::assetId)).toList();
    }
}
