using System.Globalization;

namespace VodFunctions.Core.Containers;

/// <summary>CODECS values (RFC 6381), from the bytes of the stream and not from what was asked for.</summary>
public static class CodecStrings
{
    /// <summary>AAC of an object type: 2 is AAC-LC.</summary>
    public static string Aac(int objectType) => string.Create(CultureInfo.InvariantCulture, $"mp4a.40.{objectType}");

    /// <summary>From the payload of an <c>avcC</c> box (ISO/IEC 14496-15 section 5.3.3.1).</summary>
    /// <exception cref="InvalidDataException">Too short.</exception>
    public static string FromAvcConfiguration(ReadOnlySpan<byte> configuration)
    {
        var fields = new FieldReader(configuration);
        fields.U8();
        return Avc(fields.Take(3));
    }

    /// <summary>From the first sequence parameter set in a byte stream with start codes (MPEG-TS).</summary>
    /// <returns>None when there is no parameter set in these bytes.</returns>
    public static string? FromByteStream(ReadOnlySpan<byte> stream)
    {
        for (int at = stream.IndexOf("\0\0\u0001"u8); at >= 0; at = stream.IndexOf("\0\0\u0001"u8))
        {
            stream = stream[(at + 3)..];
            if (stream.Length >= 4 && (stream[0] & 0x1F) == 7)
            {
                return Avc(stream.Slice(1, 3));
            }
        }

        return null;
    }

    private static string Avc(ReadOnlySpan<byte> profileConstraintsLevel) =>
        "avc1." + Convert.ToHexStringLower(profileConstraintsLevel);
}
