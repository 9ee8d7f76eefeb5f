package org.isochron.codecs.json;

import java.util.List;
import org.agrona.DirectBuffer;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.codecs.schema.FieldSchema;
import org.isochron.codecs.schema.FieldSchema.Kind;

/** How the numbers of a field's type are written. */
enum Notation {
    /** Decimal string, 1e-9. */
    PRICE,
    /** Decimal string in the scale of the asset that another field names. */
    MONEY,
    /** 16 hex digits. */
    HASH,
    /** Digits; ISO-8601 is read too. */
    TIME,
    /** Symbol. */
    INSTRUMENT,
    /** Symbol. */
    ASSET,
    /** Digits. */
    INTEGER;

    /** Decimals of a Price. */
    static final int PRICE_DECIMALS = 9;

    private static final List<String> ASSET_FIELDS = List.of("feeAssetId", "assetId", "settleAssetId");

    static Notation of(final FieldSchema field) {
        return switch (field.typeName()) {
            case "Price", "Rate" -> PRICE;
            case "Money" -> MONEY;
            case "Hash64" -> HASH;
            case "TimeNs" -> TIME;
            case "InstrumentId", "instrumentId" -> INSTRUMENT; // the latter is the stamp's
            case "AssetId" -> ASSET;
            default -> INTEGER;
        };
    }

    static boolean isReserved(final FieldSchema field) {
        return field.name().startsWith("reserved");
    }

    /**
     * Whether the field gives an instrument or asset its id, beside the symbol: there the id stays a number, for the symbol
     * does not stand for it yet.
     */
    static boolean givesId(final FieldSchema field, final List<FieldSchema> fields) {
        return (field.name().equals("assetId") || field.name().equals("instrumentId"))
                && FieldSchema.named("symbol", fields) != null;
    }

    /** Decimals of the Money in the block at {@code block}, from the asset or instrument beside it; or UNKNOWN. */
    static int moneyScale(
            final List<FieldSchema> fields, final DirectBuffer buffer, final int block, final Names names) {
        long assetId = Names.UNKNOWN;
        for (int i = 0; i < ASSET_FIELDS.size() && assetId == Names.UNKNOWN; i++) {
            assetId = number(ASSET_FIELDS.get(i), fields, buffer, block);
        }
        if (assetId == Names.UNKNOWN) {
            final long instrumentId = number("instrumentId", fields, buffer, block);
            assetId = instrumentId == Names.UNKNOWN ? Names.UNKNOWN : names.settleAssetId(instrumentId);
        }
        final int scale = assetId == Names.UNKNOWN ? Names.UNKNOWN : names.assetScale(assetId);
        return scale <= FixedPoint.MAX_DECIMALS ? scale : Names.UNKNOWN;
    }

    private static long number(
            final String name, final List<FieldSchema> fields, final DirectBuffer buffer, final int block) {
        final FieldSchema field = FieldSchema.named(name, fields);
        if (field == null || field.kind() != Kind.NUMBER) {
            return Names.UNKNOWN;
        }
        final long value = field.get(buffer, block);
        return value == field.nullValue() ? Names.UNKNOWN : value;
    }
}
