namespace VodFunctions.Local.Durable;

/// <summary>What of an exception goes into the journal: no stack, and not more than a screenful.</summary>
internal static class ErrorText
{
    /// <summary>The most characters of a message that are kept.</summary>
    public const int MaxLength = 1000;

    /// <summary>Cuts a message, never through a surrogate pair.</summary>
    public static string Cut(string message)
    {
        if (message.Length <= MaxLength)
        {
            return message;
        }

        return message[..(char.IsHighSurrogate(message[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }
}
