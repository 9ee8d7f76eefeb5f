package org.isochron.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.codecs.json.Names;
import org.isochron.matcher.venue.Inspection.Account;
import org.isochron.matcher.venue.Inspection.Balance;
import org.isochron.matcher.venue.Inspection.Holding;
import org.isochron.risk.ledger.Ledger;

/** One account as JSON: its cash in each asset, its positions, and what the margin function makes of them. */
final class AccountState {
    private final Names names;

    AccountState(final Names names) {
        this.names = names;
    }

    ObjectNode of(final Account account) {
        final List<Balance> balances = account.balances().stream()
                .sorted(Comparator.comparingLong(Balance::assetId))
                .toList();
        final ObjectNode state = JsonText.object().put("id", account.accountId());
        final String fund = fund(account.accountId());
        if (fund == null) {
            state.put("firm", account.firmId());
        } else {
            state.put("fund", fund);
        }
        state.set("cash", perAsset(balances, Balance::cash));
        state.set("positions", positions(account.holdings()));
        state.set("equity", perAsset(balances, Balance::equity));
        state.set("initialMargin", perAsset(balances, Balance::initialMargin));
        state.set("orderMargin", perAsset(balances, Balance::orderMargin));
        state.set("maintenanceMargin", perAsset(balances, Balance::maintenanceMargin));
        return state.put("openOrders", openOrders(account))
                .put("inLiquidation", balances.stream().anyMatch(Balance::inLiquidation));
    }

    /** Name of one of the venue's own accounts, null for a participant's. */
    private static String fund(final long accountId) {
        if (accountId == Ledger.FEE_ID) {
            return "FEE";
        } else if (accountId == Ledger.INSURANCE_ID) {
            return "INSURANCE";
        } else if (accountId == Ledger.ROUNDING_ID) {
            return "ROUNDING";
        }
        return accountId == Ledger.FUNDING_POOL_ID ? "FUNDING_POOL" : null;
    }

    private ObjectNode perAsset(final List<Balance> balances, final ToLongFunction<Balance> quanta) {
        final ObjectNode amounts = JsonText.object();
        for (final Balance balance : balances) {
            amounts.put(names.assetSymbol(balance.assetId()), money(balance.assetId(), quanta.applyAsLong(balance)));
        }
        return amounts;
    }

    /** Only positions that are held; one that was closed still counts in {@code openOrders}. */
    private ArrayNode positions(final List<Holding> holdings) {
        final ArrayNode positions = JsonText.array();
        holdings.stream()
                .filter(holding -> holding.lots() != 0)
                .sorted(Comparator.comparingLong(Holding::instrumentId))
                .forEach(holding -> positions.add(position(holding)));
        return positions;
    }

    private ObjectNode position(final Holding holding) {
        final long assetId = names.settleAssetId(holding.instrumentId());
        final ObjectNode position = JsonText.object()
                .put("instrument", names.instrumentSymbol(holding.instrumentId()))
                .put("quantity", Long.toString(holding.lots()))
                .put("entryPrice", FixedPoint.format(holding.averageEntryPrice(), JsonText.PRICE_DECIMALS))
                .put("value", money(assetId, holding.entryCost() + holding.unrealised()))
                .put("unrealised", money(assetId, holding.unrealised()))
                .put("realised", money(assetId, holding.realised()));
        if (holding.liquidationPrice() != 0) {
            position.put("liquidationPrice", FixedPoint.format(holding.liquidationPrice(), JsonText.PRICE_DECIMALS));
        }
        if (holding.isolated()) {
            position.put("isolatedCash", money(assetId, holding.isolatedCash()));
        }
        return position;
    }

    private static long openOrders(final Account account) {
        return account.holdings().stream().mapToLong(Holding::openOrders).sum();
    }

    private String money(final long assetId, final long quanta) {
        return FixedPoint.format(quanta, names.assetScale(assetId));
    }
}
