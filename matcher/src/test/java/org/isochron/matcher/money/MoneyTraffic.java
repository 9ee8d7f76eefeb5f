package org.isochron.matcher.money;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.CancelEncoder;
import org.isochron.codecs.DepositEncoder;
import org.isochron.codecs.MessageHeaderEncoder;
import org.isochron.codecs.NewOrderEncoder;
import org.isochron.codecs.OrdType;
import org.isochron.codecs.PriceKind;
import org.isochron.codecs.PriceTickEncoder;
import org.isochron.codecs.Side;
import org.isochron.codecs.StpMode;
import org.isochron.codecs.TimeInForce;
import org.isochron.codecs.TriggerRef;
import org.isochron.codecs.WithdrawEncoder;
import org.isochron.codecs.frame.Frame;
import org.isochron.matcher.money.MoneyMarket.Listing;
import org.isochron.matcher.twin.Dice;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.ledger.Ledger;

/** What members and operator send in a money storm, encoded one at a time; prices near the mark, sizes near the limits. */
final class MoneyTraffic {
    private static final int AT = Frame.HEADER_LENGTH;
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int ACCOUNTS = MoneyMarket.FIRMS * MoneyMarket.ACCOUNTS_PER_FIRM;
    private static final int GAP_ONE_IN = 200;
    private static final long NONE = Long.MIN_VALUE;
    private static final long NO_U64 = -1;
    private static final long NO_U32 = 0xFFFF_FFFFL;
    private static final int NO_U16 = 0xFFFF;

    private final Dice dice;
    private final Venue venue;
    private final UnsafeBuffer buffer;
    private final boolean gaps;
    private final List<Listing> listings = MoneyMarket.LISTINGS;
    private final long[] prices = new long[listings.size()];
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder newOrder = new NewOrderEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final PriceTickEncoder priceTick = new PriceTickEncoder();
    private final DepositEncoder deposit = new DepositEncoder();
    private final WithdrawEncoder withdraw = new WithdrawEncoder();

    private long sessionId;
    private long nextClOrdId = 1;

    /** @param gaps whether prices jump by up to three fifths, and the fund is filled up now and then. */
    MoneyTraffic(final Dice dice, final Venue venue, final UnsafeBuffer buffer, final boolean gaps) {
        this.gaps = gaps;
        this.dice = dice;
        this.venue = venue;
        this.buffer = buffer;
        for (int i = 0; i < prices.length; i++) {
            prices[i] = listings.get(i).price();
        }
    }

    /** Who sends the command encoded last. */
    long sessionId() {
        return sessionId;
    }

    /** Encodes a command, its seqNum left to the caller; returns its length, header included. */
    int command() {
        return switch (dice.weighted(600, 150, 180, 4, 8)) {
            case 0 -> newOrder();
            case 1 -> cancel();
            case 2 -> priceTick();
            case 3 -> deposit();
            default -> withdraw();
        };
    }

    /** A rarer command, as relaxed JSON; who sends it is {@link #sessionId()}. */
    String rareCommand(final long sequence, final long nowNs) {
        final int account = dice.below(ACCOUNTS);
        final int slot = dice.below(listings.size());
        final String target = "instrumentId:" + listings.get(slot).id();
        final String owner = "accountId:" + MoneyMarket.accountId(account);
        sessionId = MoneyMarket.OPERATOR;
        return switch (dice.weighted(40, 20, 6, 4, 20, 3, 40)) {
            case 0 -> {
                sessionId = MoneyMarket.sessionOf(account);
                yield "SetLeverage:{" + owner + "," + target
                        + (dice.coin() ? ",mode:'ISOLATED'" : dice.coin() ? ",mode:'CROSS'" : "")
                        + (dice.coin() ? ",leverage:" + dice.between(1, 22) : "") + "}";
            }
            case 1 -> {
                sessionId = MoneyMarket.sessionOf(account);
                final long lots = Math.abs(positionOf(account, 4));
                yield "FundingOrder:{" + owner + ",instrumentId:5,clOrdId:" + nextClOrdId + ",quantity:'"
                        + dice.between(0, lots + 1) + "',limitRate:'" + (dice.coin() ? "-" : "") + "0.00000"
                        + dice.between(1, 5) + "'}";
            }
            case 2 ->
                "CalendarTransition:{instrumentId:" + dice.oneOf(6, 7, 8, 10) + ",session:'"
                        + (dice.oneIn(3) ? dice.coin() ? "WEEKEND" : "OVERNIGHT" : "OPEN") + "'"
                        + (dice.coin()
                                ? ",nextTransitionNs:'" + (nowNs + 3_000_000_000L) + "',nextSession:'OVERNIGHT'"
                                : "")
                        + "}";
            case 3 ->
                "InstrumentUpdate:{" + target + ",makerFeePpm:" + dice.between(-20, 60) + ",takerFeePpm:"
                        + dice.between(20, 300)
                        + (dice.coin() ? ",activationSequence:'" + (sequence + dice.between(2, 60)) + "'" : "") + "}";
            case 4 ->
                "InstrumentState:{" + target + ",state:'" + (dice.oneIn(8) ? dice.coin() ? "HALT" : "AUCTION" : "OPEN")
                        + "'}";
            case 6 -> transfer(account, target);
            default -> "MarkRules:{instrumentId:4,rule:'" + (dice.coin() ? "ORACLE" : "MEDIAN_OF_THREE") + "'}";
        };
    }

    /** Between two accounts of a firm, into or out of a bucket of its own, or of what is pledged. */
    private String transfer(final int account, final String target) {
        final boolean betweenAccounts = dice.oneIn(4);
        final boolean usd = dice.coin();
        if (!betweenAccounts) {
            sessionId = MoneyMarket.sessionOf(account);
        }
        final String instrument = target.replace("instrumentId", "InstrumentId");
        final long pledgeFor = usd ? MoneyMarket.BTC : MoneyMarket.USD;
        return "Transfer:{fromAccountId:" + MoneyMarket.accountId(account) + ",toAccountId:"
                + MoneyMarket.accountId(betweenAccounts ? account ^ 1 : account) + ",assetId:"
                + (usd ? MoneyMarket.USD : MoneyMarket.BTC) + ",amount:'"
                + (usd ? dice.between(1, 300) : "0.0" + dice.between(1, 5)) + "'"
                + switch (dice.below(5)) {
                    case 0 -> ",from" + instrument;
                    case 1 -> ",to" + instrument;
                    case 2 -> ",fromPledgeAssetId:" + pledgeFor;
                    case 3 -> ",toPledgeAssetId:" + pledgeFor;
                    default -> "";
                }
                + "}";
    }

    private long positionOf(final int account, final int slot) {
        final int at =
                venue.ledger().positions().find(venue.ledger().findAccount(MoneyMarket.accountId(account)), slot);
        return at < 0 ? 0 : venue.ledger().positions().lots(at);
    }

    private int newOrder() {
        final int account = dice.below(ACCOUNTS);
        final int slot = dice.below(listings.size());
        final boolean buy = dice.coin();
        final TimeInForce timeInForce = TimeInForce.get((short) dice.oneOf(1, 1, 1, 1, 1, 2, dice.oneIn(4) ? 3 : 1));
        sessionId = MoneyMarket.sessionOf(account);
        newOrder.wrapAndApplyHeader(buffer, AT, header)
                .seqNum(0)
                .accountId(MoneyMarket.accountId(account))
                .clientSendTimeNs(0)
                .clOrdId(nextClOrdId++)
                .price(ticks(slot, buy) * venue.ledger().instruments().tickSize(slot))
                .quantity(dice.oneIn(10) ? dice.between(50, 200) : dice.between(1, 30))
                .instrumentId(listings.get(slot).id())
                .side(buy ? Side.BUY : Side.SELL)
                .ordType(OrdType.LIMIT)
                .timeInForce(timeInForce)
                .stpMode(StpMode.get((short) dice.oneOf(1, 2, 3, 4)))
                .triggerPrice(NONE)
                .displayQuantity(NONE)
                .expireTimeNs(NO_U64)
                .userTag(0)
                .maxSeqDelayUs(NO_U32)
                .stpGroup(NO_U32)
                .mmpGroup(NO_U16)
                .triggerRef(TriggerRef.NULL_VAL)
                .reserved8((short) 0)
                .reserved16(0);
        newOrder.flags().clear().reduceOnly(dice.oneIn(8));
        return HEADER + NewOrderEncoder.BLOCK_LENGTH;
    }

    /** Up to a twentieth away from the mark, on the passive side more often than not. */
    private long ticks(final int slot, final boolean buy) {
        final long mark = Math.max(20, venue.marks().markTicks(slot));
        final long distance = dice.between(-mark / 200 - 1, mark / (dice.oneIn(5) ? 20 : 100) + 1);
        final long most = venue.ledger().instruments().maxPriceTicks(slot);
        return Math.min(most, Math.max(1, buy ? mark - distance : mark + distance));
    }

    private int cancel() {
        final int account = dice.below(ACCOUNTS);
        sessionId = MoneyMarket.sessionOf(account);
        cancel.wrapAndApplyHeader(buffer, AT, header)
                .seqNum(0)
                .accountId(MoneyMarket.accountId(account))
                .clientSendTimeNs(0)
                .clOrdId(nextClOrdId)
                .origClOrdId(Math.max(1, nextClOrdId - dice.below(3_000)))
                .orderId(NO_U64)
                .instrumentId(listings.get(dice.below(listings.size())).id())
                .reserved32(0);
        return HEADER + CancelEncoder.BLOCK_LENGTH;
    }

    /** A walk that comes home, with a gap now and then. */
    private int priceTick() {
        final int slot = dice.below(listings.size());
        final Listing listing = listings.get(slot);
        final long price = prices[slot];
        final long reach = gaps && dice.oneIn(GAP_ONE_IN) ? price * 3 / 5 : dice.oneIn(60) ? price / 5 : price / 400;
        prices[slot] = Math.max(
                listing.price() / 5,
                Math.min(listing.price() * 4, price + (listing.price() - price) / 200 + dice.between(-reach, reach)));
        sessionId = MoneyMarket.PUBLISHER;
        priceTick
                .wrapAndApplyHeader(buffer, AT, header)
                .seqNum(0)
                .instrumentId(listing.id())
                .price(prices[slot])
                .confidence(NONE)
                .sourceTimeNs(0)
                .source((short) dice.below(3))
                .kind(PriceKind.INDEX)
                .reserved16(0)
                .reserved32(0);
        return HEADER + PriceTickEncoder.BLOCK_LENGTH;
    }

    private int deposit() {
        final boolean usd = dice.coin();
        sessionId = MoneyMarket.OPERATOR;
        deposit.wrapAndApplyHeader(buffer, AT, header)
                .seqNum(0)
                .accountId(gaps && dice.oneIn(4) ? Ledger.INSURANCE_ID : MoneyMarket.accountId(dice.below(ACCOUNTS)))
                .amount(usd ? dice.between(1, 2_000_000_000L) : dice.between(1, 20_000_000))
                .assetId(usd ? MoneyMarket.USD : MoneyMarket.BTC)
                .reserved32(0);
        return HEADER + DepositEncoder.BLOCK_LENGTH;
    }

    private int withdraw() {
        final boolean usd = dice.coin();
        sessionId = MoneyMarket.OPERATOR;
        withdraw.wrapAndApplyHeader(buffer, AT, header)
                .seqNum(0)
                .accountId(MoneyMarket.accountId(dice.below(ACCOUNTS)))
                .amount(usd ? dice.between(1, 2_000_000_000L) : dice.between(1, 15_000_000))
                .assetId(usd ? MoneyMarket.USD : MoneyMarket.BTC)
                .reserved32(0);
        return HEADER + WithdrawEncoder.BLOCK_LENGTH;
    }
}
