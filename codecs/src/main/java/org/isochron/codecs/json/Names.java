package org.isochron.codecs.json;

/**
 * What a printer or parser must know beyond the schema: which symbol belongs to which id, and the scale of an asset's
 * money. Ids are unsigned 32-bit numbers.
 */
public interface Names {
    /** Answer of every question for a number when it cannot be answered. */
    int UNKNOWN = -1;

    /** Knows nothing: ids and money are printed as plain numbers. */
    Names NONE = new SymbolTable();

    /** Null when unknown. */
    String instrumentSymbol(long instrumentId);

    /** Null when unknown. */
    String assetSymbol(long assetId);

    /** Decimals of one quantum of the asset, or {@link #UNKNOWN}. */
    int assetScale(long assetId);

    /** Asset the instrument settles in, or {@link #UNKNOWN}. */
    long settleAssetId(long instrumentId);

    /** Instrument of that symbol, or {@link #UNKNOWN}. */
    long instrumentId(String symbol);

    /** Asset of that symbol, or {@link #UNKNOWN}. */
    long assetId(String symbol);
}
