package org.isochron.ops.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Reads lines {@code <receive time, ns> <JSON as received>}: the combined streams {@code depthUpdate}, {@code trade} and
 * {@code bookTicker} of the exchange's futures websocket, and the REST depth snapshot, which is known by its {@code
 * lastUpdateId}. Futures on coins have the same fields.
 */
final class CaptureParser {
    private static final int SHOWN = 60;

    private final ObjectMapper json = new ObjectMapper();
    private long lastReceiveNs;

    /** Never throws: a line that is not of the format is {@link CaptureMessage.Malformed}. */
    CaptureMessage parse(final String line) {
        try {
            final int space = line.indexOf(' ');
            if (space <= 0) {
                throw new CaptureFormatException("no time and space before the message: '" + shown(line) + "'");
            }
            lastReceiveNs = receiveNs(line.substring(0, space));
            return message(lastReceiveNs, json.readTree(line.substring(space + 1)));
        } catch (final CaptureFormatException ex) {
            return new CaptureMessage.Malformed(lastReceiveNs, ex.getMessage());
        } catch (final JsonProcessingException ex) {
            return new CaptureMessage.Malformed(lastReceiveNs, "no JSON: " + ex.getOriginalMessage());
        }
    }

    private static long receiveNs(final String text) {
        if (text.length() > 19 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new CaptureFormatException("'" + shown(text) + "' is no time in nanoseconds");
        }
        try {
            return Long.parseLong(text);
        } catch (final NumberFormatException ex) {
            throw new CaptureFormatException("'" + shown(text) + "' is no time in nanoseconds");
        }
    }

    private static CaptureMessage message(final long receiveNs, final JsonNode root) {
        if (!root.isObject()) {
            throw new CaptureFormatException("the message is no JSON object");
        }
        if (root.has("lastUpdateId")) {
            return new CaptureMessage.Snapshot(
                    receiveNs, whole(root, "lastUpdateId"), levels(root, "bids"), levels(root, "asks"));
        }
        final JsonNode data = root.has("data") ? root.get("data") : root;
        if (!data.isObject() || !data.has("e")) {
            throw new CaptureFormatException("neither a snapshot nor an event with its type in 'e'");
        }
        final String symbol = data.path("s").asText(null);
        final String type = data.get("e").asText();
        return switch (type) {
            case "depthUpdate" -> depth(receiveNs, symbol, data);
            case "trade" ->
                new CaptureMessage.Trade(
                        receiveNs,
                        symbol,
                        decimal(data, "p"),
                        decimal(data, "q"),
                        flag(data, "m"),
                        "MARKET".equals(data.path("X").asText("MARKET")));
            case "bookTicker" ->
                new CaptureMessage.BookTicker(receiveNs, symbol, decimal(data, "b"), decimal(data, "a"));
            default -> new CaptureMessage.Other(receiveNs, symbol, type);
        };
    }

    private static CaptureMessage depth(final long receiveNs, final String symbol, final JsonNode data) {
        return new CaptureMessage.Depth(
                receiveNs,
                symbol,
                whole(data, "U"),
                whole(data, "u"),
                data.has("pu") ? whole(data, "pu") : -1,
                levels(data, "b"),
                levels(data, "a"));
    }

    private static CaptureMessage.Levels levels(final JsonNode parent, final String key) {
        final JsonNode list = required(parent, key);
        if (!list.isArray()) {
            throw new CaptureFormatException("'" + key + "' is no list of levels");
        }
        final long[] prices = new long[list.size()];
        final long[] quantities = new long[list.size()];
        for (int i = 0; i < prices.length; i++) {
            final JsonNode level = list.get(i);
            if (level.size() < 2 || !level.get(0).isTextual() || !level.get(1).isTextual()) {
                throw new CaptureFormatException("'" + key + "' has a level that is no [price, quantity]");
            }
            prices[i] = Decimals.e9(level.get(0).textValue());
            quantities[i] = Decimals.e9(level.get(1).textValue());
        }
        return new CaptureMessage.Levels(prices, quantities);
    }

    private static long decimal(final JsonNode parent, final String key) {
        final JsonNode value = required(parent, key);
        if (!value.isTextual()) {
            throw new CaptureFormatException("'" + key + "' is no decimal string");
        }
        return Decimals.e9(value.textValue());
    }

    private static long whole(final JsonNode parent, final String key) {
        final JsonNode value = required(parent, key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new CaptureFormatException("'" + key + "' is no whole number");
        }
        return value.longValue();
    }

    private static boolean flag(final JsonNode parent, final String key) {
        final JsonNode value = required(parent, key);
        if (!value.isBoolean()) {
            throw new CaptureFormatException("'" + key + "' is neither true nor false");
        }
        return value.booleanValue();
    }

    private static JsonNode required(final JsonNode parent, final String key) {
        final JsonNode value = parent.get(key);
        if (value == null) {
            throw new CaptureFormatException("'" + key + "' is missing");
        }
        return value;
    }

    private static String shown(final String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
