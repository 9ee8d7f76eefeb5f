package org.isochron.codecs.json;

import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.isochron.codecs.AssetDefineDecoder;
import org.isochron.codecs.InstrumentDefineDecoder;
import org.isochron.codecs.MessageHeaderDecoder;
import org.isochron.codecs.shape.MessageShape;

/** Names in plain maps, told one by one or learnt from the definitions that pass by. Not for several threads. */
public final class SymbolTable implements Names {
    private record Asset(String symbol, int scale) {}

    private record Instrument(String symbol, long settleAssetId) {}

    private final Map<Long, Asset> assets = new HashMap<>();
    private final Map<Long, Instrument> instruments = new HashMap<>();
    private final Map<String, Long> assetIds = new HashMap<>();
    private final Map<String, Long> instrumentIds = new HashMap<>();

    /** Names an asset; {@code scale} is the decimals of one quantum. The first definition of an id stands. */
    public void defineAsset(final long assetId, final String symbol, final int scale) {
        if (assets.putIfAbsent(assetId, new Asset(symbol, scale)) == null) {
            assetIds.putIfAbsent(symbol, assetId);
        }
    }

    /** Names an instrument. The first definition of an id stands. */
    public void defineInstrument(final long instrumentId, final String symbol, final long settleAssetId) {
        if (instruments.putIfAbsent(instrumentId, new Instrument(symbol, settleAssetId)) == null) {
            instrumentIds.putIfAbsent(symbol, instrumentId);
        }
    }

    /**
     * Takes over the names in an AssetDefine or InstrumentDefine; ignores other messages.
     *
     * @param offset where the message's header stands; the message must have passed {@link MessageShape#check}. Whether
     *     the venue accepted it is the caller's to know.
     */
    public void learn(final DirectBuffer buffer, final int offset) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        switch (MessageShape.templateId(buffer, offset)) {
            case AssetDefineDecoder.TEMPLATE_ID -> {
                final AssetDefineDecoder asset = new AssetDefineDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long assetId = asset.assetId();
                defineAsset(assetId, asset.symbol(), asset.scale());
            }
            case InstrumentDefineDecoder.TEMPLATE_ID -> {
                final InstrumentDefineDecoder instrument =
                        new InstrumentDefineDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long instrumentId = instrument.instrumentId();
                defineInstrument(instrumentId, instrument.symbol(), instrument.settleAssetId());
            }
            default -> {
                // says nothing about names
            }
        }
    }

    @Override
    public String instrumentSymbol(final long instrumentId) {
        final Instrument instrument = instruments.get(instrumentId);
        return instrument == null ? null : instrument.symbol();
    }

    @Override
    public String assetSymbol(final long assetId) {
        final Asset asset = assets.get(assetId);
        return asset == null ? null : asset.symbol();
    }

    @Override
    public int assetScale(final long assetId) {
        final Asset asset = assets.get(assetId);
        return asset == null ? UNKNOWN : asset.scale();
    }

    @Override
    public long settleAssetId(final long instrumentId) {
        final Instrument instrument = instruments.get(instrumentId);
        return instrument == null ? UNKNOWN : instrument.settleAssetId();
    }

    @Override
    public long instrumentId(final String symbol) {
        return instrumentIds.getOrDefault(symbol, (long) UNKNOWN);
    }

    @Override
    public long assetId(final String symbol) {
        return assetIds.getOrDefault(symbol, (long) UNKNOWN);
    }
}
