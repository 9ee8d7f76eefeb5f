package org.isochron.replay.sim;

import org.isochron.codecs.FundingRulesDecoder;
import org.isochron.codecs.InstrumentStateDecoder;
import org.isochron.codecs.MassQuoteDecoder;
import org.isochron.codecs.NewOrderDecoder;
import org.isochron.codecs.SessionDefineDecoder;
import org.isochron.codecs.TradingState;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.FieldSchema.Kind;
import org.isochron.codecs.schema.MessageSchema;

/**
 * What the fields of a session's commands say, by their names and types: mostly what makes sense where the session
 * stands, now and then a limit, a null or nonsense.
 */
final class FieldValues {
    private static final int REMEMBERED = 64;
    private static final int ODD_PPM = 4_000;
    private static final int PLAIN_NOT_ONE_IN = 4;

    private final Dice dice;
    private final Market market;
    private final Timetable timetable;
    private final long accountId;
    private final long firmId;
    private final int makers;
    /** Whether the session's orders are as large as its money allows, and larger. */
    private final boolean greedy;

    private final long[] clOrdIds = new long[REMEMBERED];
    private final long[] orderIds = new long[REMEMBERED];
    private int idCount;
    private int orderCount;
    private long nextClOrdId = 1;
    private int instrumentId = 1;
    private int templateId;
    private boolean plain;

    /**
     * @param accountId of the session, 0 for one that picks among all.
     * @param makers    how many accounts there are, from {@link Sites#FIRST_MAKER}.
     */
    FieldValues(
            final Dice dice,
            final Market market,
            final Timetable timetable,
            final long accountId,
            final long firmId,
            final int makers) {
        this.dice = dice;
        this.market = market;
        this.timetable = timetable;
        this.accountId = accountId;
        this.firmId = firmId;
        this.makers = makers;
        greedy = dice.oneIn(3);
    }

    void begin(final MessageSchema message) {
        templateId = message.templateId();
        instrumentId = 1 + dice.below(market.instruments());
        plain = templateId == NewOrderDecoder.TEMPLATE_ID && !dice.oneIn(PLAIN_NOT_ONE_IN);
    }

    /** An order of the session exists under that id. */
    void learnOrder(final long orderId) {
        orderIds[orderCount++ % REMEMBERED] = orderId;
    }

    long of(final FieldSchema field) {
        if (dice.chancePpm(ODD_PPM)) {
            return odd(field);
        }
        if (plain && isOptional(field)) {
            return field.kind() == Kind.SET ? 0 : field.nullValue();
        }
        return field.kind() == Kind.NUMBER ? number(field) : field.kind() == Kind.ENUM ? choice(field) : flags(field);
    }

    /** What an order can do without. */
    private static boolean isOptional(final FieldSchema field) {
        return switch (field.name()) {
            case "ordType",
                    "timeInForce",
                    "stpMode",
                    "triggerPrice",
                    "displayQuantity",
                    "expireTimeNs",
                    "maxSeqDelayUs",
                    "stpGroup",
                    "flags",
                    "mmpGroup",
                    "triggerRef" -> true;
            default -> false;
        };
    }

    private long odd(final FieldSchema field) {
        return switch (dice.below(5)) {
            case 0 -> field.nullValue();
            case 1 -> 0;
            case 2 -> -1;
            case 3 -> Long.MAX_VALUE;
            default -> dice.next() >>> dice.below(Long.SIZE);
        };
    }

    private long choice(final FieldSchema field) {
        if (templateId == InstrumentStateDecoder.TEMPLATE_ID && field.typeName().equals("TradingState")) {
            return (dice.oneIn(2) ? TradingState.OPEN : TradingState.get((short) dice.between(1, 5))).value();
        }
        final boolean isPlain =
                !field.typeName().endsWith("Scope") && !field.typeName().equals("Side");
        if (isPlain && dice.oneIn(2)) {
            return field.nullValue();
        }
        return field.choices().get(dice.below(field.choices().size())).value();
    }

    private long flags(final FieldSchema field) {
        long bits = 0;
        for (final FieldSchema.Choice choice : field.choices()) {
            if (dice.oneIn(8)) {
                bits |= 1L << choice.value();
            }
        }
        return bits;
    }

    private long number(final FieldSchema field) {
        return switch (field.name()) {
            case "accountId" -> account();
            case "firmId" -> dice.oneIn(10) ? dice.below(4) : firmId == 0 ? 1 + dice.below(2) : firmId;
            case "instrumentId" ->
                templateId == SessionDefineDecoder.TEMPLATE_ID ? field.nullValue() : instrument(field);
            case "assetId", "settleAssetId" -> dice.oneIn(20) ? dice.below(4) : Sites.ASSET;
            case "sessionId" -> Sites.FIRST_MAKER + dice.below(makers + 1);
            case "clOrdId" -> clOrdId();
            case "origClOrdId" -> idCount == 0 ? 1 : clOrdIds[dice.below(Math.min(idCount, REMEMBERED))];
            case "orderId" ->
                orderCount == 0 || !dice.oneIn(6)
                        ? field.nullValue()
                        : orderIds[dice.below(Math.min(orderCount, REMEMBERED))];
            default -> byType(field);
        };
    }

    private long byType(final FieldSchema field) {
        return switch (field.typeName()) {
            case "Price" -> price(field);
            case "Quantity" -> quantity(field);
            case "Money" -> dice.between(1, 200_000_000L);
            case "Rate" -> dice.between(-1_000_000, 3_000_000);
            case "TimeNs" -> dice.oneIn(2) ? field.nullValue() : timetable.nowNs() + dice.between(0, 2_000_000_000L);
            case "DurationMs" -> dice.oneIn(4) ? field.nullValue() : dice.between(1, 3_000);
            case "DurationUs" -> dice.oneIn(2) ? field.nullValue() : dice.between(0, 20_000);
            case "Ppm" -> dice.oneIn(3) ? field.nullValue() : dice.between(0, 100_000);
            case "Sequence" -> dice.oneIn(2) ? field.nullValue() : dice.between(0, 20_000);
            case "Tag" -> dice.oneIn(4) ? field.nullValue() : dice.below(5);
            case "Count" -> dice.oneIn(3) ? field.nullValue() : dice.between(1, 40);
            default -> field.name().startsWith("reserved") ? 0 : small(field);
        };
    }

    private long small(final FieldSchema field) {
        final boolean group = field.name().equals("mmpGroup") && !dice.oneIn(3);
        return group || dice.oneIn(3) ? field.nullValue() : dice.below(4);
    }

    private long account() {
        return accountId == 0 || dice.oneIn(40) ? Sites.FIRST_MAKER + dice.below(makers + 1) : accountId;
    }

    private long instrument(final FieldSchema field) {
        if (templateId == FundingRulesDecoder.TEMPLATE_ID || !dice.oneIn(30)) {
            return templateId == MassQuoteDecoder.TEMPLATE_ID ? 1 + dice.below(market.instruments()) : instrumentId;
        }
        return dice.oneIn(2) ? field.nullValue() : dice.below(market.instruments() + 2);
    }

    private long clOrdId() {
        if (idCount > 0 && dice.oneIn(40)) {
            return clOrdIds[dice.below(Math.min(idCount, REMEMBERED))];
        }
        final long id = nextClOrdId++;
        clOrdIds[idCount++ % REMEMBERED] = id;
        return id;
    }

    private long price(final FieldSchema field) {
        final boolean trigger = field.name().equals("triggerPrice");
        if (trigger && !dice.oneIn(4) || field.name().equals("confidence")) {
            return field.nullValue();
        }
        final long mid = market.midTicks(instrumentId);
        final long reach = mid / 100 + 2;
        final long lean =
                field.name().startsWith("bid") ? -reach / 2 : field.name().startsWith("ask") ? reach / 2 : 0;
        final long ticks = Math.max(1, mid + lean + dice.between(-reach, reach));
        return ticks * Market.TICK_E9 + (dice.oneIn(100) ? 1 : 0);
    }

    private long quantity(final FieldSchema field) {
        if (field.name().equals("displayQuantity")) {
            return dice.oneIn(6) ? dice.between(1, 5) : field.nullValue();
        }
        if (greedy && templateId == NewOrderDecoder.TEMPLATE_ID && dice.oneIn(3)) {
            return dice.between(30, 400);
        }
        return dice.oneIn(50)
                ? dice.between(100, 2_000)
                : dice.between(field.name().endsWith("Limit") ? 5 : 1, 30);
    }
}
