using System.Text.Json;

namespace CustomerValue.Serving.Json;

/// <summary>A value that a converter of this service refuses, in words of this service; the serializer adds the place.</summary>
internal sealed class FormException(string message) : JsonException(message);
